import type { Health } from "@/lib/wire/service";

/** "2 of 4" where the health is counted and not whole; null where there is nothing to count, or nothing missing. */
export function sayShortfall({ have, want }: Health): string | null {
  return have === undefined || want === undefined || have >= want ? null : `${have} of ${want}`;
}

/** What a health's sentence adds to its numbers: it often begins with them. */
export function detailBeside({ have, want, detail }: Health): string {
  const counted = `${have} of ${want}`;
  return detail.startsWith(counted) ? detail.slice(counted.length).trimStart() : detail;
}
