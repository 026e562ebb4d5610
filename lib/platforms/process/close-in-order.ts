import { setTimeout as sleep } from "node:timers/promises";

interface Closing {
  readonly name: string;
  readonly after: readonly string[];
  /** Ends it, by force when `limitMs` are over. */
  readonly end: (limitMs: number) => Promise<void>;
}

/**
 * Ends services, those first that depend on others, all within `deadlineMs`: who waits for
 * dependants waits no longer than a third of it, and force is used shortly before it is over.
 * Resolves at the deadline even if something is left.
 */
export async function closeInOrder(startOrder: readonly Closing[], deadlineMs: number): Promise<void> {
  const forceAt = performance.now() + deadlineMs - Math.min(500, deadlineMs / 5);
  const timers = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: timers.signal }).catch(() => undefined);
  const patience = pause(deadlineMs / 3);
  const ends = new Map<string, Promise<void>>();
  for (const { name, end } of startOrder.toReversed()) {
    const dependants = startOrder
      .filter(({ after }) => after.includes(name))
      .map((dependant) => ends.get(dependant.name))
      .filter((ended) => ended !== undefined);
    const mayEnd =
      dependants.length > 0 ? Promise.race([Promise.all(dependants), patience]) : Promise.resolve();
    ends.set(
      name,
      mayEnd.then(() => end(Math.max(0, forceAt - performance.now()))),
    );
  }
  await Promise.race([Promise.all(ends.values()), pause(deadlineMs)]);
  timers.abort();
}
