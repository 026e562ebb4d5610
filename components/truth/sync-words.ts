/** A share as percent, never rounded up to what is not reached: "99.9 %"; null: not known. */
export function sayShare(share: number | null): string | null {
  if (share === null) return null;
  const percent = Math.floor(Math.min(1, Math.max(0, share)) * 1_000) / 10;
  return `${percent.toFixed(1)} %`;
}
