import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { RunAs } from "./run-as";

/** A unix socket's path holds 107 bytes; PostgreSQL adds its own file name to the folder. */
const longestSocketFolder = 107 - "/.s.PGSQL.5432".length;

export interface EmbeddedFolders {
  readonly data: string;
  readonly socket: string;
  readonly log: string;
}

/**
 * Where an embedded database's files are, made if missing, closed to other users.
 * A long data path gets its socket below the temporary folder, under a name made from the path.
 * @throws Error when somebody else owns that temporary folder.
 */
export async function prepareFolders(dataFolder: string, how: RunAs): Promise<EmbeddedFolders> {
  const digest = createHash("sha256").update(path.resolve(dataFolder)).digest("hex").slice(0, 16);
  const home = how.tag === "user" ? path.join("/var/lib/signalbox", digest) : dataFolder;
  // Another user has to get through to its folder: only that one is closed.
  await mkdir(path.dirname(home), { recursive: true, mode: how.tag === "user" ? 0o755 : 0o700 });
  await mkdir(home, { recursive: true, mode: 0o700 });
  const nearby = path.join(home, "run");
  const socket =
    Buffer.byteLength(nearby) <= longestSocketFolder
      ? nearby
      : path.join(os.tmpdir(), `signalbox-${process.getuid?.() ?? 0}-${digest}`);
  await mkdir(socket, { recursive: true, mode: 0o700 });
  await refuseForeign(socket, how);
  await chmod(socket, 0o700);
  const folders = { data: path.join(home, "postgres"), socket, log: path.join(home, "postgres.log") };
  if (how.tag === "user") for (const folder of [home, socket]) await chown(folder, how.uid, how.gid);
  return folders;
}

async function refuseForeign(folder: string, how: RunAs): Promise<void> {
  const found = await lstat(folder);
  const mine = new Set([process.getuid?.() ?? found.uid, how.tag === "user" ? how.uid : -1]);
  if (!found.isDirectory() || !mine.has(found.uid))
    throw new Error(`${folder} belongs to somebody else: remove it, or choose a shorter SIGNALBOX_DATA.`);
}
