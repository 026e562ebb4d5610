import { execFile } from "node:child_process";

/** How a program ended, and all that it said. */
export interface Ran {
  /** Its exit code; 128 and the signal's number when a signal ended it, as a shell counts. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; no shell reads the words. @throws Error only when it cannot be started. */
export function run(argv: readonly string[], timeoutMs = 60_000): Promise<Ran> {
  const [program = "", ...words] = argv;
  return new Promise((resolve, reject) => {
    execFile(
      program,
      words,
      { timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: 512 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) return resolve({ code: 0, stdout, stderr });
        if (error.killed) return reject(new Error(`not within ${timeoutMs / 1000} s: ${argv.join(" ")}`));
        if (typeof error.code === "number") return resolve({ code: error.code, stdout, stderr });
        if (error.signal) return resolve({ code: 128, stdout, stderr });
        reject(error);
      },
    );
  });
}

/** The same for what has to succeed. @throws Error with the program's own words. */
export async function mustRun(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(argv);
  if (code !== 0) throw new Error(`${argv.join(" ")} ended with ${code}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}
