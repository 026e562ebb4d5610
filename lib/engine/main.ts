import { openDatabase, parseTarget, targetVariable } from "@/db/open";
import { formatIssue } from "../config/issue";
import { loadFleet } from "../config/load";
import { watchFleet } from "../config/watch";
import { demoSecrets } from "./demo-secrets";
import { Engine } from "./engine";
import { createLogger } from "./logger";

/** The engine's process. Started by the launcher, which tells it where everything is. */
const log = createLogger("engine");
const database = openDatabase(parseTarget(process.env[targetVariable]), { name: "engine", max: 6 });
const ending = new AbortController();
let closing = false;

function fail(error: Error): never {
  log.warn("the engine ends; its launcher starts it again", { error });
  process.exit(1);
}

/** Four seconds at the most: the launcher gives the whole program five. */
async function end(engine: Engine): Promise<void> {
  if (closing) return;
  closing = true;
  ending.abort();
  await engine.close(3_200);
  await database.close();
  process.exit(0);
}

async function run(): Promise<void> {
  const file = process.env.SIGNALBOX_CONFIG ?? "signalbox.yaml";
  const dataFolder = process.env.SIGNALBOX_DATA ?? ".signalbox";
  // A Ctrl-C reaches the whole process group; the order of the end is the launcher's.
  process.on("SIGINT", () => {});
  const instance = await database.db.query.instance.findFirst();
  if (!instance) throw new Error("the database has no instance id: it was not migrated");
  const secrets = process.env.SIGNALBOX_DEMO ? await demoSecrets(database) : {};
  const build = process.env.SIGNALBOX_BUILD ?? "";
  const engine = new Engine(database, { instanceId: instance.id, dataFolder, build, secrets }, fail);
  process.on("SIGTERM", () => void end(engine));
  process.on("disconnect", () => void end(engine));
  const loaded = await loadFleet(file);
  if (loaded.tag === "invalid") throw new Error(loaded.issues.map(formatIssue).join("\n"));
  await engine.open(loaded.fleet);
  await engine.reportConfig([]);
  let applying = Promise.resolve();
  watchFleet(
    file,
    (result) => {
      applying = applying
        .then(async () => {
          if (result.tag === "ok") await engine.reconfigure(result.fleet);
          await engine.reportConfig(result.tag === "ok" ? [] : result.issues.map(formatIssue));
          log.info(
            result.tag === "ok" ? "the configuration was reread" : "the changed configuration is not valid",
          );
        })
        .catch((error) => log.warn("the changed configuration could not be taken over", { error }));
    },
    ending.signal,
    loaded.source,
  );
}

run().catch(fail);
