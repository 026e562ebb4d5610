import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase, parseTarget, targetVariable } from "@/db/open";
import { formatIssue } from "../config/issue";
import type { LoadResult } from "../config/load";
import { watchFleet } from "../config/watch";
import { demoSecrets } from "./demo-secrets";
import { Engine } from "./engine";
import { keepInForce, loadInForce } from "./fleet-in-force";
import { createLogger } from "./logger";

/** The engine's process. Started by the launcher, which tells it where everything is. */
const log = createLogger("engine");
const ending = new AbortController();
let engine: Engine | null = null;
let closing = false;

// Before anything else: the launcher decides when we end, or is gone. A Ctrl-C and a closed terminal
// reach the whole process group, and are the launcher's to answer.
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});
process.on("SIGTERM", () => void end());
process.on("disconnect", () => void end());
// A terminal that went away is no reason to end without order.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const database = openDatabase(parseTarget(process.env[targetVariable]), { name: "engine", max: 6 });

function fail(error: Error): void {
  if (closing) return;
  log.warn("the engine ends; its launcher starts it again", { error });
  process.exit(1);
}

/** Four seconds at the most: the launcher gives the whole program five. */
async function end(): Promise<void> {
  if (closing) return;
  closing = true;
  ending.abort();
  await engine?.close(3_200);
  await database.close();
  process.exit(0);
}

async function run(): Promise<void> {
  if (process.send && !process.connected) return end();
  const file = process.env.SIGNALBOX_CONFIG ?? "signalbox.yaml";
  const dataFolder = process.env.SIGNALBOX_DATA ?? ".signalbox";
  const instance = await database.db.query.instance.findFirst();
  if (!instance) throw new Error("the database has no instance id: it was not migrated");
  const secrets = process.env.SIGNALBOX_DEMO ? await demoSecrets(database) : {};
  const { loaded, errors, source } = await loadInForce(file, dataFolder, log);
  const build = process.env.SIGNALBOX_BUILD ?? "";
  if (closing) return;
  const address = process.env.SIGNALBOX_URL || localAddress(process.env.HOST, process.env.PORT);
  engine = new Engine(database, { instanceId: instance.id, dataFolder, build, secrets, address }, fail);
  await engine.open(loaded.fleet);
  await keepInForce(loaded, dataFolder);
  await engine.reportConfig(errors);
  followEdits(engine, file, dataFolder, source);
}

/** Where the web side listens, as the launcher says it. */
function localAddress(host = "127.0.0.1", port = "4600"): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Takes each edit over, and tries again until it is taken over or replaced by a newer one. */
function followEdits(running: Engine, file: string, dataFolder: string, known: LoadResult["source"]): void {
  let newest: LoadResult | null = null;
  let applying = false;
  const apply = async () => {
    applying = true;
    while (newest !== null && !ending.signal.aborted) {
      const result: LoadResult = newest;
      try {
        await takeOver(running, result, dataFolder);
        if (newest === result) newest = null;
      } catch (error) {
        log.warn("the changed configuration could not be taken over; tried again", { error });
        await sleep(2_000, undefined, { ref: false });
      }
    }
    applying = false;
  };
  const onChange = (result: LoadResult) => {
    newest = result;
    if (!applying) void apply();
  };
  watchFleet(file, onChange, ending.signal, known);
}

async function takeOver(running: Engine, result: LoadResult, dataFolder: string): Promise<void> {
  switch (result.tag) {
    case "ok":
      await running.reconfigure(result.fleet);
      await keepInForce(result, dataFolder);
      await running.reportConfig([]);
      log.info("the configuration was reread");
      return;
    case "invalid":
      await running.reportConfig(result.issues.map(formatIssue));
      log.info("the changed configuration is not valid");
      return;
  }
}

run().catch(fail);
