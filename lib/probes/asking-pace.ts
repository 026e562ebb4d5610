import type { Asking } from "./contract";

/** When a probe asks again; spans in ms. */

const quickestMs = 250;

/** The pause before the next question of a quick succession: 250 ms at first, then twice the last, up to the period. */
export function quickPause(before: number | null, { everyMs }: Asking): number {
  return Math.min(before === null ? quickestMs : before * 2, everyMs);
}

/** The pause before a question that comes soon: spread, so that a fleet that starts at once is not asked at once. */
export function soon({ everyMs }: Asking): number {
  return Math.random() * Math.min(quickestMs, everyMs);
}

/** The pause before the very first question: anywhere within the period. */
export function firstPause({ everyMs }: Asking): number {
  return Math.random() * everyMs;
}

/** The pause after a question that took `tookMs`: a period from its start to the next, a tenth more or less. */
export function ordinaryPause({ everyMs }: Asking, tookMs: number): number {
  const period = everyMs * (0.9 + Math.random() * 0.2);
  return Math.max(period - tookMs, everyMs / 10);
}
