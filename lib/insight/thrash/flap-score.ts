/** So many states are looked at, and so many steps from one to the next (Nagios' objects.h). */
export const statesScored = 21;
const stepsScored = statesScored - 1;

/** Flapping begins at `high` and ends at `low`, in per cent: Nagios' compiled defaults. */
export const flapThresholds = { high: 30, low: 20 } as const;

/**
 * Nagios' flap score, in per cent (base/flapping.c): each step that changed the state weighs from
 * 0.75 (the oldest) to 1.25 (the newest). Steps that are missing at the old end changed nothing.
 * @param changes whether the state changed with each of the newest steps, oldest first.
 */
export function flapScore(changes: readonly boolean[]): number {
  const newest = changes.slice(-stepsScored);
  const first = stepsScored - newest.length;
  const sum = newest.reduce(
    (total, changed, index) => total + (changed ? 0.75 + ((first + index) * 0.5) / (stepsScored - 1) : 0),
    0,
  );
  return (100 / stepsScored) * sum;
}

/** Whether it flaps now, having flapped before or not: between the thresholds it stays as it was. */
export function isFlapping(score: number, before: boolean): boolean {
  if (score >= flapThresholds.high) return true;
  return score > flapThresholds.low && before;
}
