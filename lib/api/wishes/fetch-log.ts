import type { Database } from "@/db/open";
import type { Hub } from "../../feed/hub";
import type { LogLine } from "../../wire/service";
import { ProblemError } from "../problem";
import { type LogQuery, LogWish } from "./log-wish";
import { nextAnswers } from "./wish";

const answerWithinMs = 10_000;

/**
 * A service's newest log lines, or those around an instant, oldest first.
 * @throws ProblemError `log-timeout` when no engine answers, `log-failed` with the engine's reason.
 */
export async function fetchLog(
  database: Database,
  hub: Hub,
  query: Omit<LogQuery, "follow">,
  signal: AbortSignal,
): Promise<LogLine[]> {
  const wish = new LogWish(database, { ...query, follow: false });
  const until = performance.now() + answerWithinMs;
  const lines: LogLine[] = [];
  await wish.open();
  try {
    while (performance.now() < until && !signal.aborted && !hub.closing.aborted) {
      for (const chunk of await nextAnswers(hub, signal, () => wish.take())) {
        lines.push(...chunk.lines);
        if (chunk.ended === "") return lines;
        if (chunk.ended !== null) throw new ProblemError("log-failed", chunk.ended);
      }
    }
  } finally {
    await wish.close();
  }
  signal.throwIfAborted();
  throw new ProblemError("log-timeout", "The engine that watches this host did not answer in time.");
}
