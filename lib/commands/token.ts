import { mkdir } from "node:fs/promises";
import { openEmbedded } from "@/db/embedded/server";
import { migrate } from "@/db/migrate";
import { type DatabaseTarget, openDatabase } from "@/db/open";
import { tokenCommand } from "../auth/token-command";
import { readEnvironment } from "../config/environment";
import { chooseFleetFile } from "../launcher/choose-fleet";
import type { CommandContext } from "./context";

/** `npm run token -- create|list|revoke`: works beside a running Signalbox, and without one. */
export async function main(argv: readonly string[], context: CommandContext): Promise<number> {
  const read = readEnvironment(process.env, context.cwd);
  if (read.tag === "invalid") {
    context.stderr.write(`${read.problems.join("\n")}\n`);
    return 1;
  }
  const { databaseUrl } = read.settings;
  if (databaseUrl !== null) return onDatabase({ tag: "url", url: databaseUrl }, argv, context);
  const { dataFolder } = await chooseFleetFile(read.settings, context.root);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const server = await openEmbedded(context.root, dataFolder);
  try {
    return await onDatabase({ tag: "socket", folder: server.folder }, argv, context);
  } finally {
    if (!server.attached) await server.stop(5_000);
  }
}

async function onDatabase(
  target: DatabaseTarget,
  argv: readonly string[],
  { root, stdout, stderr }: CommandContext,
): Promise<number> {
  await migrate(target, root);
  const database = openDatabase(target, { name: "token", max: 1 });
  try {
    return await tokenCommand(argv, { stdout, stderr, database });
  } finally {
    await database.close();
  }
}
