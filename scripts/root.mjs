import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = path.resolve(fileURLToPath(import.meta.url), "..", "..");

/** One line to the person at the terminal; standard output is left to commands that answer on it. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends with one clear line. */
export function giveUp(line) {
  say(line);
  process.exit(1);
}
