import type { Database } from "@/db/open";
import { readEngines } from "@/db/read/health";
import { readMetricsSnapshot } from "@/db/read/metrics";
import { now } from "../clock";
import { type Family, familyOf, joinFamilies } from "./family";
import { fleetFamilies } from "./fleet-families";
import { HighWater } from "./high-water";
import { publishedFamilies } from "./published";
import { webFamilies } from "./web-figures";

/** An engine tells of itself every ten seconds; after three times without a word it does not run. */
const heardWithinUs = 30_000_000;

/** Next evaluates this module several times in one process. */
const key = Symbol.for("signalbox.metrics");
interface Shared {
  readonly highest: HighWater;
  reading: Promise<Family[]> | null;
}
const shared = globalThis as { [key]?: Shared };

/** All that a scrape tells. Whoever asks while a reading is under way is given that one. */
export function readFamilies(database: Database): Promise<Family[]> {
  shared[key] ??= { highest: new HighWater(), reading: null };
  const mine = shared[key];
  mine.reading ??= read(database, mine.highest).finally(() => {
    mine.reading = null;
  });
  return mine.reading;
}

async function read(database: Database, highest: HighWater): Promise<Family[]> {
  const [snapshot, engines, web] = await Promise.all([
    readMetricsSnapshot(database),
    readEngines(database.db),
    webFamilies(),
  ]);
  const { at } = now();
  const running = engines.filter((engine) => engine.at >= at - heardWithinUs);
  return joinFamilies([
    ...fleetFamilies(snapshot, at, highest),
    familyOf("signalbox_engines_running", [{ labels: {}, value: running.length }]),
    ...web,
    ...running.flatMap(({ id, figures }) => publishedFamilies(figures, { process: "engine", engine: id })),
  ]);
}
