/**
 * The value that a share of a sample does not exceed (nearest rank), such as 0.95 for the 95th
 * percentile; null for an empty one. @param sorted the smallest first.
 */
export function rankOf(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
