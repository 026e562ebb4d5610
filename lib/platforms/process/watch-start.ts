import { spanInWords } from "../../clock";
import type { Health } from "../../wire/service";
import type { ProcessSpec } from "./process-spec";
import { after } from "./timers";
import { watchHealth } from "./watch-health";

interface StartWatch {
  readonly onReady: (by: "health" | "settled", detail: string) => void;
  /** The deadline for starting is over; `detail` says what the last check answered, if one did. */
  readonly onLate: (limitMs: number, detail: string) => void;
  readonly onHealth: (health: Health) => void;
}

/**
 * Watches a process from its spawn on: ready by its health check, or without one when it has lived
 * for the settle time; late when neither came in time. Health is checked on while it runs. A
 * one-shot becomes never ready: it finishes, or is late. Returns what ends the watch.
 */
export function watchStart(spec: ProcessSpec, watch: StartWatch): () => void {
  const { probe, startTimeoutMs, settleMs, oneshot } = spec;
  const controller = new AbortController();
  const timers: (() => void)[] = [];
  let lastAnswer = "";
  const cancelDeadline =
    startTimeoutMs === null
      ? () => undefined
      : after(startTimeoutMs, () => watch.onLate(startTimeoutMs, lastAnswer));
  timers.push(cancelDeadline);
  const readyAfter = (ms: number, by: "health" | "settled", detail: string) =>
    timers.push(
      after(ms, () => {
        cancelDeadline();
        watch.onReady(by, detail);
      }),
    );
  if (!oneshot && probe === null) readyAfter(settleMs, "settled", `it has run for ${spanInWords(settleMs)}`);
  if (!oneshot && probe !== null)
    void watchHealth(probe, controller.signal, {
      onReady: ({ detail }) => readyAfter(0, "health", `health check passed (${detail})`),
      onNotYet: ({ detail }) => {
        lastAnswer = detail;
        watch.onHealth({ status: "unknown", detail: `not ready yet: ${detail}` });
      },
      onHealth: watch.onHealth,
    });
  return () => {
    controller.abort();
    for (const cancel of timers) cancel();
  };
}
