import type { DigestConfig } from "../config/notify-config";
import type { Micros } from "../machine/types";

/** One thing that waits to be told through a channel. */
export interface Waiting {
  readonly id: string;
  /** Null: a test. */
  readonly eventId: number | null;
  readonly alertId: string | null;
  /** What it was tried with before, and belongs to until the receiver has answered. */
  readonly deliveryId: string | null;
  /** The receiver said no to it. */
  readonly standsAside: boolean;
  readonly nextAt: Micros;
  readonly createdAt: Micros;
}

export type Next =
  | { readonly tag: "take"; readonly ids: readonly string[]; readonly deliveryId: string | null }
  | { readonly tag: "wait"; readonly until: Micros }
  | { readonly tag: "nothing" };

/** What goes together at the most; the rest goes with the next. */
const mostTogether = 100;

/**
 * What a channel sends next. Tests go first. The rest goes in the order in which it happened, and what
 * could not be delivered keeps what came after it waiting: to that receiver it would fail as well. What
 * the receiver does not want stands aside, and keeps only later news of its own alerts waiting. More
 * than `digest.above` that wait go as one, and so does what has waited for `digest.within`; where so many
 * went out one by one within that time, what comes then waits for as long.
 * @param waiting in the order of events.
 * @param lately how many deliveries were sent within `digest.within`.
 */
export function nextDelivery(
  waiting: readonly Waiting[],
  lately: number,
  digest: DigestConfig,
  at: Micros,
): Next {
  const isDue = ({ nextAt }: Waiting) => nextAt <= at;
  const test = waiting.find((one) => one.eventId === null && isDue(one));
  if (test) return { tag: "take", ids: [test.id], deliveryId: test.deliveryId };
  const aside = waiting.filter(({ standsAside }) => standsAside);
  const held = new Set(aside.map(({ alertId }) => alertId));
  const line = waiting.filter((one) => one.eventId !== null && !one.standsAside && !held.has(one.alertId));
  const next = nextInLine(line, lately, digest, at);
  if (next.tag === "take") return next;
  // One by one while they are few: of those that went together it is not known which was not wanted.
  const late = nextInLine(aside.filter(isDue), 0, { ...digest, withinMs: Number.POSITIVE_INFINITY }, at);
  if (late.tag === "take") return late;
  const times = waiting.filter((one) => !isDue(one)).map(({ nextAt }) => nextAt);
  const until = Math.min(...times, next.tag === "wait" ? next.until : Number.POSITIVE_INFINITY);
  return Number.isFinite(until) ? { tag: "wait", until } : { tag: "nothing" };
}

function nextInLine(line: readonly Waiting[], lately: number, digest: DigestConfig, at: Micros): Next {
  const [head] = line;
  if (!head) return { tag: "nothing" };
  if (head.nextAt > at) return { tag: "wait", until: head.nextAt };
  if (head.deliveryId !== null) {
    const { deliveryId } = head;
    return { tag: "take", ids: idsOf(line.filter((one) => one.deliveryId === deliveryId)), deliveryId };
  }
  const fresh = line.filter(({ deliveryId }) => deliveryId === null);
  const all = { tag: "take", ids: idsOf(fresh.slice(0, mostTogether)), deliveryId: null } as const;
  const until = head.createdAt + digest.withinMs * 1_000;
  if (fresh.length > digest.above || until <= at) return all;
  if (lately < digest.above) return { tag: "take", ids: [head.id], deliveryId: null };
  return { tag: "wait", until };
}

function idsOf(waiting: readonly Waiting[]): string[] {
  return waiting.map(({ id }) => id);
}
