import { type FSWatcher, statSync, watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";

export interface FollowedFolder {
  /** Begins again if the folder is another one now, or appeared since. */
  check(): void;
  close(): void;
}

/**
 * Calls `onHint` when something happens to a file's name in its folder: the folder and not the
 * file, because a file that is renamed over another keeps no watch. Hints are a help, no promise:
 * where the system gives none, or no more, nothing is said.
 */
export function followFolder(path: string, onHint: () => void): FollowedFolder {
  const folder = dirname(resolve(path));
  const name = basename(path);
  let watcher: FSWatcher | null = null;
  let followed: string | null = null;

  function close(): void {
    watcher?.close();
    watcher = null;
    followed = null;
  }

  function check(): void {
    const identity = identityOf(folder);
    if (identity === followed) return;
    close();
    if (identity === null) return;
    try {
      watcher = watch(folder, { persistent: false }, (_event, changed) => {
        if (changed === null || changed === name) onHint();
      });
      watcher.on("error", close);
      followed = identity;
    } catch {
      // Out of watches, or a folder that cannot be watched: the caller's own looks remain.
      close();
    }
  }

  check();
  return { check, close };
}

/** A folder that was removed and made again has the same name and another identity. */
function identityOf(folder: string): string | null {
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    // Not there, or not to be looked at: the same to the one who asks.
    return null;
  }
}
