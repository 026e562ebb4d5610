import { statSync } from "node:fs";
import { followFolder } from "./follow-folder";
import { type LoadResult, parseSource } from "./load";
import { type ConfigText, readConfigText, sameReading } from "./read-config";

/** A file is read once it has been left alone for so long: an editor writes in several steps. */
const quietMs = 150;
const lookEveryMs = 1_000;

/**
 * Rereads a configuration file whenever its text changes, appears or goes, until `signal` aborts.
 * `onChange` gets the new fleet or its errors, never twice in a row for the same text; it must not
 * throw. `known` is what was read before (`LoadResult.source`), so that no change is missed in
 * between; without it the text at the time of the call counts as known.
 *
 * A look at the file's status each second is what is relied on: notifications do not come through
 * links or from network folders. Where they come, a change is seen at once.
 */
export function watchFleet(
  path: string,
  onChange: (result: LoadResult) => void,
  signal: AbortSignal,
  known?: ConfigText,
): void {
  if (signal.aborted) return;
  let stamp = stampOf(path);
  let last = known ?? readConfigText(path);
  let quiet: NodeJS.Timeout | undefined;

  function readSoon(): void {
    if (signal.aborted) return;
    clearTimeout(quiet);
    quiet = setTimeout(read, quietMs).unref();
  }

  /** Half a file is no configuration: it is read when two looks in a row find it the same. */
  function read(): void {
    const before = stamp;
    stamp = stampOf(path);
    if (before !== stamp) {
      readSoon();
      return;
    }
    const source = readConfigText(path);
    if (sameReading(source, last)) return;
    last = source;
    onChange(parseSource(source, path));
  }

  const folder = followFolder(path, readSoon);
  const looks = setInterval(() => {
    folder.check();
    if (stampOf(path) !== stamp) readSoon();
  }, lookEveryMs).unref();
  readSoon();

  signal.addEventListener(
    "abort",
    () => {
      clearInterval(looks);
      clearTimeout(quiet);
      folder.close();
    },
    { once: true },
  );
}

/** Differs after every write, also of a file that took the old one's name. */
function stampOf(path: string): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(":");
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unknown";
  }
}
