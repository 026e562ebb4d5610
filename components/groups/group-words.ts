/** Who runs, and whether that is enough: "4 of 5 run; at least 4 have to." */
export function sayRunning(running: number, all: number, keepRunning: number | null): string {
  const run = `${running} of ${all} ${running === 1 ? "runs" : "run"}`;
  if (keepRunning === null) return `${run}.`;
  const have = keepRunning === 1 ? "has" : "have";
  return `${run}; at least ${keepRunning} ${have} to.`;
}
