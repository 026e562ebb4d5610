import type { Usage } from "@/lib/wire/service";

const keptMs = 120_000;
/** Readings come every two seconds; a longer silence is a hole, not a line. */
const holeMs = 7_000;

/** What a service used in the last two minutes, oldest first, as far as this page saw it. */
export type UsageTrail = readonly Usage[];

export const noReadings: UsageTrail = [];

/** The trail with one more reading. What is older than the clock was set back to is left out too. */
export function withReading(trail: UsageTrail, reading: Usage): UsageTrail {
  const at = Date.parse(reading.at);
  const recent = trail.filter((each) => {
    const age = at - Date.parse(each.at);
    return age > 0 && age <= keptMs;
  });
  return [...recent, reading];
}

/** The highest processor share, of one core; null where none was counted. */
export function peakShare(trail: UsageTrail): number | null {
  const shares = trail.flatMap(({ cpuShare }) => cpuShare ?? []);
  return shares.length === 0 ? null : Math.max(...shares);
}

/** A tenth of a core fills the height at least: an idle service is not drawn as a busy one. */
const leastTop = 0.1;

/**
 * The processor share over the last two minutes as the `d` of an SVG path, the newest at the right.
 * Where nothing was counted there is no line.
 */
export function sharePath(trail: UsageTrail, width: number, height: number): string {
  const end = Date.parse(trail.at(-1)?.at ?? "");
  const top = Math.max(leastTop, peakShare(trail) ?? 0);
  let last = Number.NEGATIVE_INFINITY;
  const steps = trail.flatMap(({ at, cpuShare }) => {
    if (cpuShare === null) return [];
    const instant = Date.parse(at);
    const [x, y] = [width - ((end - instant) / keptMs) * width, height - (cpuShare / top) * height];
    const step = `${instant - last > holeMs ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    last = instant;
    return [step];
  });
  return steps.join("");
}

/** "0.4 %", "12 %", "240 %": of one core. */
export function formatShare(share: number): string {
  const percent = Math.max(0, share * 100);
  return `${percent > 0 && percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`;
}
