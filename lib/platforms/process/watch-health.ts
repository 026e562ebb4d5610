import { setTimeout as sleep } from "node:timers/promises";
import { spanInWords } from "../../clock";
import type { Health } from "../../wire/service";
import type { HealthCheck } from "./process-spec";

const firstPauseMs = 50;

interface HealthWatch {
  /** The first good answer, once. */
  readonly onReady: (health: Health) => void;
  /** Before that. */
  readonly onNotYet: (health: Health) => void;
  /** From then on, after every check; the same may be told again. */
  readonly onHealth: (health: Health) => void;
}

/**
 * Checks until `signal` aborts: in quick succession until the first good answer, then as often as
 * asked. A single bad answer is not yet bad health; `failures` in a row are.
 */
export async function watchHealth(
  probe: HealthCheck,
  signal: AbortSignal,
  watch: HealthWatch,
): Promise<void> {
  let ready = false;
  let failing = 0;
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    const health = await checkOnce(probe, signal);
    if (signal.aborted) return;
    const good = health.status === "ok" || health.status === "degraded";
    failing = good ? 0 : failing + 1;
    if (good || (ready && failing >= probe.failures)) watch.onHealth(health);
    else if (!ready) watch.onNotYet(health);
    if (good && !ready) {
      ready = true;
      watch.onReady(health);
    }
    await pause(ready ? probe.everyMs : Math.min(pauseMs, probe.everyMs), signal);
    if (signal.aborted) return;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // Aborting is the ordinary end of a watch.
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** One check, with an end: a check that hangs, throws or goes on after its time is a failing one. */
async function checkOnce(probe: HealthCheck, signal: AbortSignal): Promise<Health> {
  const controller = new AbortController();
  const end = () => controller.abort();
  signal.addEventListener("abort", end, { once: true });
  const timer = setTimeout(end, probe.timeoutMs);
  const ended = new Promise<Health>((resolve) => {
    const detail = `no answer within ${spanInWords(probe.timeoutMs)}`;
    controller.signal.addEventListener("abort", () => resolve({ status: "failing", detail }), { once: true });
  });
  try {
    return await Promise.race([ended, probe.check(controller.signal)]);
  } catch (error) {
    return { status: "failing", detail: (error as Error).message };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    end();
  }
}
