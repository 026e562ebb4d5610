import { resolve } from "node:path";
import { formatIssue } from "./issue";
import { loadFleet } from "./load";

interface Output {
  write(text: string): unknown;
}

export interface CheckConfigIo {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The folder that relative paths are seen from. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const usage = "usage: npm run check-config -- [FILE]\n";

/**
 * Validates the file that `argv` names, else SIGNALBOX_CONFIG, else ./signalbox.yaml. Resolves to
 * the exit code: 0 and one line of what the file holds, 1 and a line for each error, 2 and the
 * usage. Errors and warnings go to `stderr`.
 */
export async function checkConfig(argv: readonly string[], io: CheckConfigIo): Promise<number> {
  const [given, ...rest] = argv[0] === "--" ? argv.slice(1) : argv;
  if (given === "--help" || given === "-h") {
    io.stdout.write(usage);
    return 0;
  }
  if (rest.length > 0 || given?.startsWith("-") || given === "") {
    io.stderr.write(usage);
    return 2;
  }
  const file = given ?? ((io.env ?? process.env).SIGNALBOX_CONFIG || "signalbox.yaml");
  const result = await loadFleet(resolve(io.cwd, file), file);
  switch (result.tag) {
    case "invalid":
      for (const issue of result.issues) io.stderr.write(`${formatIssue(issue)}\n`);
      return 1;
    case "ok": {
      for (const warning of result.warnings) io.stderr.write(`${formatIssue(warning)} (warning)\n`);
      const { hosts, services } = result.fleet;
      io.stdout.write(`${file}: ${count(hosts.length, "host")}, ${count(services.length, "service")}\n`);
      return 0;
    }
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
