import type { Database } from "@/db/open";
import { readHostsById } from "@/db/read/hosts";
import type { ServiceRecord } from "@/db/read/services";
import { now } from "../../clock";
import type { Hub } from "../../feed/hub";
import { pingAt, retryLine } from "../../feed/sse";
import { contactView } from "../../wire/contact-view";
import { nextAnswers, type Wish, type WishEvent } from "./wish";

const encoder = new TextEncoder();
const checkEveryMs = 5_000;

/**
 * The bytes of what a service's page follows: an event `line` for each line of its log (first the
 * newest ones there are, then what comes), `usage` for each reading of what it uses; at last an event
 * `end` with the reason, unless the listener went first.
 */
export async function* followWishes(
  database: Database,
  hub: Hub,
  { host }: ServiceRecord,
  wishes: readonly Wish[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const take = async () => (await Promise.all(wishes.map((wish) => wish.events()))).flat();
  try {
    for (const wish of wishes) await wish.open();
    yield retryLine;
    let checkAt = performance.now() + checkEveryMs;
    while (!signal.aborted && !hub.closing.aborted) {
      const events = await nextAnswers(hub, signal, take);
      if (events.length > 0) yield encodeEvents(events);
      if (events.some(({ event }) => event === "end")) return;
      if (performance.now() < checkAt || signal.aborted) continue;
      checkAt = performance.now() + checkEveryMs;
      const broken = await whyBroken(database, host.id, host.epoch);
      if (broken !== null) return yield encodeEvents([{ event: "end", data: { reason: broken } }]);
      yield pingAt(now().at);
    }
  } finally {
    for (const wish of wishes) await wish.close();
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

function encodeEvents(events: readonly WishEvent[]): Uint8Array {
  return encoder.encode(
    events.map(({ event, data }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join(""),
  );
}
