const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof unitsMs;

export const durationPattern = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h|d)$/;
export const durationWords = "a duration is a number and ms, s, m, h or d, such as 5m";

/** Whole milliseconds of `5s`, `1.5h`, `250ms`; null if the text is no duration. */
export function parseDuration(text: string): number | null {
  const [, number, unit] = durationPattern.exec(text) ?? [];
  if (number === undefined || unit === undefined) return null;
  return Math.round(Number(number) * unitsMs[unit as Unit]);
}
