import { spanInWords } from "../../../span-in-words";

/** 12,340 */
export function inDigits(count: number): string {
  return count.toLocaleString("en-US");
}

/** An age that is told anew only every ten seconds, and every minute once it is minutes. */
export function ageInWords(ms: number): string {
  if (ms < 120_000) return `${ms < 10_000 ? Math.round(ms / 1000) : Math.floor(ms / 10_000) * 10} s`;
  return spanInWords(Math.floor(ms / 60_000) * 60_000);
}

/** About how much time is left. */
export function leftInWords(ms: number): string {
  if (ms < 90_000) return `about ${Math.max(1, Math.round(ms / 1000))} s left`;
  if (ms < 5_400_000) return `about ${Math.round(ms / 60_000)} min left`;
  return `about ${spanInWords(Math.round(ms / 3_600_000) * 3_600_000)} left`;
}

/** A rate of blocks: 41 blocks/s, 0.4 blocks/s. */
export function rateInWords(perSecond: number): string {
  const rounded = perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond);
  return rounded === 0 ? "under 0.1 blocks/s" : `${inDigits(rounded)} blocks/s`;
}

export function peersInWords(have: number, want: number): string {
  return have === 0 ? "no peers" : `${have} of ${want} peers`;
}

/** With the option that mends it, where one does. */
export function mended(why: string, mend: string | null): string {
  return mend === null ? why : `${why}. ${mend}`;
}
