import type { Database } from "@/db/open";
import { readHostsById } from "@/db/read/hosts";
import type { ServiceRecord } from "@/db/read/services";
import { now } from "../../clock";
import type { Hub } from "../../feed/hub";
import { ping, retryLine } from "../../feed/sse";
import { contactView } from "../../wire/contact-view";
import { type LogQuery, LogWish } from "./log-wish";

const encoder = new TextEncoder();
const checkEveryMs = 5_000;

/**
 * The bytes of a followed log: an event `line` for each line, first the newest ones there are, then
 * what comes; at last an event `end` with the reason, unless the listener went first.
 */
export async function* followLog(
  database: Database,
  hub: Hub,
  { host }: ServiceRecord,
  query: Omit<LogQuery, "follow">,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const wish = new LogWish(database, hub, { ...query, follow: true });
  await wish.open();
  try {
    yield retryLine;
    let checkAt = performance.now() + checkEveryMs;
    while (!signal.aborted && !hub.closing.aborted) {
      for (const { lines, ended } of await wish.next(signal)) {
        if (lines.length > 0) yield encodeLines("line", lines);
        if (ended !== null) return yield encodeLines("end", [{ reason: ended || null }]);
      }
      if (performance.now() < checkAt || signal.aborted) continue;
      checkAt = performance.now() + checkEveryMs;
      const broken = await whyBroken(database, host.id, host.epoch);
      if (broken !== null) return yield encodeLines("end", [{ reason: broken }]);
      yield ping;
    }
  } finally {
    await wish.close();
  }
}

/** The engine that took the wish is the only one that follows it. */
async function whyBroken({ db }: Database, hostId: string, epoch: number): Promise<string | null> {
  const [host] = await readHostsById(db, [hostId]);
  if (!host?.present) return "The host left the configuration.";
  if (host.epoch !== epoch) return "The engine was started again.";
  const contact = contactView(host, now().at);
  return contact.status === "live" ? null : (contact.reason ?? "No contact with the host.");
}

function encodeLines(event: "line" | "end", values: readonly unknown[]): Uint8Array {
  return encoder.encode(
    values.map((value) => `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`).join(""),
  );
}
