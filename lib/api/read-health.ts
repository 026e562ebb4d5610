import type { Database } from "@/db/open";
import { type EngineHealthRow, readDatabaseSize, readEngines } from "@/db/read/health";
import { readHosts } from "@/db/read/hosts";
import { now, toRfc3339 } from "../clock";
import { subscriberCount } from "../feed/subscribe";
import { webHub } from "../feed/web-hub";
import type { EngineReport, Health } from "../wire/health";
import { askDatabase } from "./web-database";

const answerWithinMs = 10_000;

/** How Signalbox itself does: the engines by their own word, the database, and this web process. */
export async function readHealth({ db }: Database): Promise<Health> {
  const before = performance.now();
  const [engines, hosts, size] = await Promise.all([readEngines(db), readHosts(db), readDatabaseSize(db)]);
  const answeredInMs = Math.round(performance.now() - before);
  const hub = webHub();
  const { at } = now();
  const seen = Math.max(0, ...hosts.map(({ observedUntil }) => observedUntil ?? 0));
  return {
    at: toRfc3339(at),
    database: { answeredInMs, ...size },
    engines: engines.map(engineReport),
    observedUntil: seen === 0 ? null : toRfc3339(seen),
    web: {
      build: process.env.SIGNALBOX_BUILD ?? "",
      startedAt: toRfc3339(at - Math.round(process.uptime() * 1_000_000)),
      memoryBytes: process.memoryUsage.rss(),
      feedPosition: String(hub.position),
      subscribers: subscriberCount(),
      feedBytes: hub.ring?.bytes ?? 0,
    },
    configErrors: hub.picture.configErrors,
  };
}

function engineReport({ id, build, startedAt, at, memoryBytes, waiting }: EngineHealthRow): EngineReport {
  return { id, build, startedAt: toRfc3339(startedAt), heardAt: toRfc3339(at), memoryBytes, waiting };
}

/** What the health page begins with. @throws when the database is out of reach. */
export async function readHealthPage(): Promise<Health> {
  return askDatabase(answerWithinMs, readHealth);
}
