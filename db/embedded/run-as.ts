import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** How PostgreSQL, which refuses to run as root, is run here. */
export type RunAs =
  | { readonly tag: "self" }
  /** In a user namespace in which we are not root: it still owns root's own files. */
  | { readonly tag: "namespace" }
  /** As another user: data and binaries must be reachable by it. */
  | { readonly tag: "user"; readonly uid: number; readonly gid: number; readonly name: string };

const namespacePrefix = ["unshare", "-U", "--map-user=1000", "--map-group=1000", "--"] as const;

/**
 * Decides how to run PostgreSQL for the present user.
 * @throws Error when we are root and neither a user namespace nor another user can be used.
 */
export async function chooseRunAs(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { tag: "self" };
  const [command, ...rest] = namespacePrefix;
  const allowed = await promisify(execFile)(command, [...rest, "true"]).then(
    () => true,
    () => false,
  );
  if (allowed) return { tag: "namespace" };
  const other = await findOtherUser();
  if (other) return other;
  throw new Error(
    "PostgreSQL does not run as root, and user namespaces are not allowed here: start Signalbox as a plain user, or set DATABASE_URL.",
  );
}

/**
 * @throws Error in one line when the user that PostgreSQL would run as cannot get at its programs, as
 * below /root.
 */
export async function refuseUnreachable(how: RunAs, program: string): Promise<void> {
  if (how.tag !== "user") return;
  const { uid, gid, name } = how;
  await promisify(execFile)(program, ["--version"], { uid, gid }).catch((cause) => {
    throw new Error(
      `PostgreSQL does not run as root, user namespaces are not allowed here, and the user ${name} cannot reach ${program}: start Signalbox as a plain user, move it to a folder that others may enter, or set DATABASE_URL.`,
      { cause },
    );
  });
}

/** @returns the command line and the spawn options that run `argv` that way. */
export function runAs(how: RunAs, argv: readonly [string, ...string[]]) {
  switch (how.tag) {
    case "self":
      return { argv, options: {} };
    case "namespace":
      return { argv: [...namespacePrefix, ...argv] as [string, ...string[]], options: {} };
    case "user":
      return { argv, options: { uid: how.uid, gid: how.gid } };
  }
}

async function findOtherUser(): Promise<RunAs | null> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const name of ["signalbox", "postgres", "nobody"]) {
    const [, , uid, gid] = lines.find((fields) => fields[0] === name) ?? [];
    if (uid && gid) return { tag: "user", uid: Number(uid), gid: Number(gid), name };
  }
  return null;
}
