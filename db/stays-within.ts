import type { PendingQuery, Row } from "postgres";
import type { TransactionSql as Tx } from "./open";

type Fragment = PendingQuery<Row[]>;

/**
 * One service's stays in a window, as something to select from: `state`, when it began (`counted_at`)
 * and ended (`next_at`; null: it is the newest), neither cut to the window, and whether it was
 * `entered` in it. Three probes of an index and what lies in the window, however long history is.
 */
export function staysWithin(tx: Tx, service: Fragment, from: Fragment, to: Fragment): Fragment {
  const columns = tx`SELECT t.counted_at, t.seq, t.to_state FROM transition t WHERE t.service_id = ${service}`;
  return tx`(
    SELECT to_state AS state, counted_at, seq, next_at, counted_at >= ${from} AS entered FROM (
      SELECT to_state, counted_at, seq, lead(counted_at) OVER (ORDER BY counted_at, seq) AS next_at FROM (
        (${columns} AND t.counted_at < ${from} ORDER BY t.counted_at DESC, t.seq DESC LIMIT 1)
        UNION ALL
        (${columns} AND t.counted_at >= ${from} AND t.counted_at < ${to})
        UNION ALL
        (${columns} AND t.counted_at >= ${to} ORDER BY t.counted_at, t.seq LIMIT 1)
      ) around
    ) stays WHERE counted_at < ${to}
  )`;
}

/** What of a span was seen, in ms. @param gaps a multirange of the host's gaps, or null for none. */
export function seenMs(tx: Tx, gaps: Fragment, since: Fragment, until: Fragment): Fragment {
  return tx`(${until} - ${since} - CASE WHEN ${gaps} && int8range(${since}, ${until})
    THEN unseen_ms(${gaps}, ${since}, ${until}) ELSE 0 END)`;
}
