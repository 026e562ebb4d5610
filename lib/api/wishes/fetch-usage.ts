import type { Database } from "@/db/open";
import type { Hub } from "../../feed/hub";
import type { Usage } from "../../wire/service";
import { ProblemError } from "../problem";
import { UsageWish } from "./usage-wish";
import { nextAnswers } from "./wish";

const answerWithinMs = 10_000;

/**
 * What a service uses: a reading of the last seconds.
 * @throws ProblemError `usage-timeout` when no engine answers.
 */
export async function fetchUsage(
  database: Database,
  hub: Hub,
  serviceId: number,
  signal: AbortSignal,
): Promise<Usage> {
  const wish = new UsageWish(database, serviceId);
  const until = performance.now() + answerWithinMs;
  await wish.open();
  while (performance.now() < until && !signal.aborted && !hub.closing.aborted) {
    const [reading] = await nextAnswers(hub, signal, () => wish.take());
    if (reading !== undefined) return reading;
  }
  signal.throwIfAborted();
  throw new ProblemError("usage-timeout", "The engine that watches this host did not answer in time.");
}
