import { basename } from "node:path";

/** The letters of OpenSSH's options that take an argument (ssh(1), SYNOPSIS). */
const takesArgument = new Set("BbcDEeFIiJLlmOoPpQRSWw");

/**
 * What every ssh of ours is told: ask nothing, allocate no terminal, and notice a dead network. Host
 * keys stay as strict as the user has them.
 */
const ourOptions = [
  "-T",
  "-o",
  "BatchMode=yes",
  "-o",
  "ConnectTimeout=15",
  "-o",
  "ServerAliveInterval=5",
  "-o",
  "ServerAliveCountMax=3",
];

/** What a prefix says about ssh: how often a remote shell will read our words, and the whole prefix. */
interface SshReading {
  readonly count: number;
  /** The prefix with our options in it. */
  readonly words: readonly string[];
  /** Where a further option of the ssh that ends the prefix stands; null: no ssh does. */
  readonly lastOption: number | null;
}

/**
 * Finds each ssh in a command prefix and gives it our options. They stand after the user's own and
 * before the destination: ssh keeps the first value that it is told, so the user's win.
 */
export function readSsh(prefix: readonly string[]): SshReading {
  const words: string[] = [];
  let count = 0;
  let lastOption: number | null = null;
  for (let at = 0; at < prefix.length; ) {
    const word = prefix[at] ?? "";
    words.push(word);
    at++;
    lastOption = null;
    if (basename(word) !== "ssh") continue;
    count++;
    const end = endOfOptions(prefix, at);
    words.push(...prefix.slice(at, end), ...ourOptions);
    if (end < prefix.length) lastOption = words.length;
    // Its destination is taken over unread: a host may be called ssh.
    const destination = prefix[end] === "--" ? end + 1 : end;
    words.push(...prefix.slice(end, destination + 1));
    at = destination + 1;
  }
  return { count, words, lastOption };
}

/** The index of the first word that is no option of ssh: its destination, or `--` before it. */
function endOfOptions(words: readonly string[], from: number): number {
  let at = from;
  for (;;) {
    const word = words[at];
    if (word === undefined || word === "--" || word === "-" || !word.startsWith("-")) return at;
    const first = [...word].findIndex((letter, index) => index > 0 && takesArgument.has(letter));
    // `-p22` holds its argument, `-p 22` takes the next word.
    at += first === word.length - 1 ? 2 : 1;
  }
}
