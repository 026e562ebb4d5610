import type { Observation } from "../../machine/observation";
import type { PolledProcess } from "./poll-record";

/**
 * What a poll saw systemd say, as observations of the process: each state that differs from the one
 * before. Who made it move a poll does not see, but for an automatic restart, which is counted.
 */
export function polledObservations(processes: readonly PolledProcess[]): Observation[] {
  let before: PolledProcess | null = null;
  const told: Observation[] = [];
  for (const polled of processes) {
    const { at, state, restarts, words } = polled;
    const isRestarted = before !== null && restarts > before.restarts;
    if (state === null || (state === before?.state && !isRestarted)) continue;
    told.push({
      state,
      at,
      observedAt: at,
      bootId: null,
      monotonic: null,
      cause: isRestarted
        ? { kind: "service-manager", detail: `automatic restart, attempt ${restarts}` }
        : { kind: "unknown", detail: `systemd had it as ${words}` },
      evidence: { systemd: words, NRestarts: restarts },
      source: "snapshot",
      sourceKey: `poll/${state}/${at}`,
    });
    before = polled;
  }
  return told;
}

/**
 * What the platform's own capture tells of a process, with what a poll saw before it speaks. A start
 * that the capture could only infer is dated at the sight of it, which is nearer to when it was.
 */
export function withPolled(
  captured: readonly Observation[],
  polled: readonly Observation[],
): readonly Observation[] {
  const [first, ...rest] = captured;
  if (first === undefined) return polled;
  const before = polled.filter(({ at }) => at < first.at);
  const last = before.at(-1);
  if (last?.state !== first.state) return [...before, ...captured];
  return [...before.slice(0, -1), first.inferred ? { ...first, at: last.at } : { ...first }, ...rest];
}
