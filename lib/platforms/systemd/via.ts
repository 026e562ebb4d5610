import { readSsh } from "./ssh-words";

/** How a host is reached: the part of its configuration that says so. */
export interface HostAddress {
  /** A command prefix that runs a command there, word by word; absent for this machine. */
  readonly via?: readonly string[];
  /** Absent: our words are quoted once for each ssh in `via`. */
  readonly shell?: "none" | "posix";
  /** A D-Bus address; absent: the system bus. */
  readonly bus?: string;
}

/** A program and its arguments, ready for spawn: no shell of ours ever reads them. */
export interface CommandLine {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * The command that runs `argv` on the host, such that every word arrives as it is: ssh joins its
 * arguments for a remote shell (ssh(1)), so our words are quoted once for each ssh in the prefix;
 * other prefixes (nsenter, pct) hand words on untouched. The prefix itself is the user's, as written.
 */
export function commandLine(address: HostAddress, argv: readonly string[]): CommandLine {
  const { count, words } = readSsh(address.via ?? []);
  const times = timesQuoted(address.shell, count);
  let ours = argv;
  for (let time = 0; time < times; time++) ours = ours.map(quoteForShell);
  const [file, ...args] = [...words, ...ours];
  if (file === undefined || file === "") throw new RangeError("a command needs a program to run");
  return { file, args };
}

/**
 * The command whose input and output are a connection to `target` ("host:port") from where the prefix leads,
 * or null where it does not end in an ssh, which forwards one (ssh(1), -W). A remote shell reads the word once
 * for each ssh before the last.
 */
export function forwardLine(address: HostAddress, target: string): CommandLine | null {
  const { count, words, lastOption } = readSsh(address.via ?? []);
  const [file, ...rest] = words;
  if (lastOption === null || file === undefined) return null;
  let word = target;
  for (let time = 1; time < timesQuoted(address.shell, count); time++) word = quoteForShell(word);
  return { file, args: rest.toSpliced(lastOption - 1, 0, "-W", word) };
}

function timesQuoted(shell: HostAddress["shell"], count: number): number {
  switch (shell) {
    case "none":
      return 0;
    case "posix":
      return 1;
    case undefined:
      return count;
  }
}

/** One word for a POSIX shell (XCU 2.2.2: nothing is special between single quotes). */
function quoteForShell(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
