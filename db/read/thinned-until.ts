import type { TransactionSql as Tx } from "../open";

/** Before this instant (ms, the beginning of a day in UTC) only the sums of days are kept; 0: all is. */
export async function readThinnedUntil(tx: Tx): Promise<number> {
  const [row] = await tx<{ until_ms: number }[]>`SELECT until_ms FROM thinning WHERE id = 1`;
  return row?.until_ms ?? 0;
}
