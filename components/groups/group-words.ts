/** Who runs, and whether that is enough: "4 of 5 run, 1 is not observed; at least 4 have to." */
export function sayRunning(
  { running, unseen, all }: { readonly running: number; readonly unseen: number; readonly all: number },
  keepRunning: number | null,
): string {
  const run = `${running} of ${all} ${running === 1 ? "runs" : "run"}`;
  const seen = unseen === 0 ? run : `${run}, ${unseen} ${unseen === 1 ? "is" : "are"} not observed`;
  if (keepRunning === null) return `${seen}.`;
  return `${seen}; at least ${keepRunning} ${keepRunning === 1 ? "has" : "have"} to.`;
}
