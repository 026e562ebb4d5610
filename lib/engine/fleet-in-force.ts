import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { formatIssue } from "../config/issue";
import { type LoadResult, loadFleet, parseSource } from "../config/load";
import type { Logger } from "./logger";

type Loaded = Extract<LoadResult, { tag: "ok" }>;

export interface InForce {
  readonly loaded: Loaded;
  /** What is wrong with the file as it stands now; empty when it is what is in force. */
  readonly errors: readonly string[];
  /** The file as it was read, for the watch to begin with. */
  readonly source: LoadResult["source"];
}

const keptAs = (dataFolder: string) => path.join(dataFolder, "last-good.yaml");

/**
 * The fleet that an engine begins with: the file's, or, where an edit broke it, the last good one,
 * so that an engine that was killed at the wrong moment does not leave the fleet unwatched.
 * @throws Error with a line per fault when there is neither.
 */
export async function loadInForce(file: string, dataFolder: string, log: Logger): Promise<InForce> {
  const loaded = await loadFleet(file);
  if (loaded.tag === "ok") return { loaded, errors: [], source: loaded.source };
  const errors = loaded.issues.map(formatIssue);
  const text = await readFile(keptAs(dataFolder), "utf8").catch(() => null);
  const kept = text === null ? null : parseSource({ tag: "text", text }, file);
  if (kept?.tag !== "ok") throw new Error(errors.join("\n"));
  log.warn("the configuration is not valid; the last good one stays in force", { file });
  return { loaded: kept, errors, source: loaded.source };
}

/** Keeps what is in force now, for an engine that begins while the file is broken. */
export async function keepInForce({ source }: Loaded, dataFolder: string): Promise<void> {
  if (source.tag !== "text") return;
  const file = keptAs(dataFolder);
  await writeFile(`${file}.new`, source.text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
