/** With fewer stays than these nothing is said of what is usual. */
const enoughStays = 20;

/** Of 100 stays 95 were not longer than this, in ms; null where there are too few to say. */
export function usualStayMs(stays: readonly number[]): number | null {
  if (stays.length < enoughStays) return null;
  const sorted = [...stays].sort((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
}
