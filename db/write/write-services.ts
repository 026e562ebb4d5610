import type { TransactionSql as Tx } from "../open";
import type { Tagged } from "./batch";

/** What stands beside the state; the newest of each service counts. Adds whom it was about to `touched`. */
export async function writeDetails(
  tx: Tx,
  group: readonly Tagged<"detail">[],
  touched: Set<number>,
): Promise<void> {
  const newest = new Map(group.map(({ entry }) => [entry.serviceId, entry.detail]));
  const rows = [...newest].map(([id, detail]) => ({ id, detail }));
  await tx`UPDATE service SET detail = d.detail
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS d(id int, detail jsonb) WHERE service.id = d.id`;
  for (const id of newest.keys()) touched.add(id);
}

/**
 * What applications say of themselves; the newest of each counts. Whether the chain counts a node among
 * its validators (`chainsWord`) is kept beside it: it still does while the node does not run.
 */
export async function writeApplications(
  tx: Tx,
  group: readonly Tagged<"application">[],
  touched: Set<number>,
): Promise<void> {
  const newest = new Map(group.map(({ entry }) => [entry.serviceId, entry.told]));
  const rows = [...newest].map(([id, told]) => ({ id, told }));
  await tx`UPDATE service SET application = a.told,
      validator = CASE WHEN node->>'validator' = 'yes' THEN true
        WHEN node->>'validator' = 'no' AND node->>'validators' IS NOT NULL THEN false
        ELSE service.validator END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS a(id int, told jsonb)
      CROSS JOIN LATERAL (SELECT a.told #> '{application,node}' AS node) said
    WHERE service.id = a.id`;
  for (const id of newest.keys()) touched.add(id);
}

/** Whether a service is meant to be up. */
export async function writeWanted(tx: Tx, group: readonly Tagged<"wanted">[]): Promise<void> {
  const newest = new Map(group.map(({ entry }) => [entry.serviceId, entry.wanted]));
  const rows = [...newest].map(([id, wanted]) => ({ id, wanted }));
  await tx`UPDATE service SET wanted = w.wanted
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS w(id int, wanted boolean) WHERE service.id = w.id`;
}

/** Whether services thrash; the newest of each counts. */
export async function writeThrash(
  tx: Tx,
  group: readonly Tagged<"thrash">[],
  touched: Set<number>,
): Promise<void> {
  const newest = new Map(group.map(({ entry }) => [entry.serviceId, entry.mark]));
  const rows = [...newest].map(([id, mark]) => ({ id, mark }));
  await tx`UPDATE service SET thrash = t.mark
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS t(id int, mark jsonb) WHERE service.id = t.id`;
  for (const id of newest.keys()) touched.add(id);
}

/** How services are now, before what lies between has been read: a thousand at once when a host is first seen. */
export async function writeGlimpses(
  tx: Tx,
  group: readonly Tagged<"glimpse">[],
  touched: Set<number>,
): Promise<void> {
  const newest = new Map(
    group.map(({ entry: { serviceId, state, since } }) => [serviceId, { state, since }]),
  );
  const rows = [...newest].map(([id, glimpse]) => ({ id, glimpse }));
  await tx`UPDATE service SET glimpse = g.glimpse
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS g(id int, glimpse jsonb) WHERE service.id = g.id`;
  for (const id of newest.keys()) touched.add(id);
}

/** The hosts' services are as their history says again. */
export async function endGlimpses(
  tx: Tx,
  group: readonly Tagged<"glimpses-over">[],
  touched: Set<number>,
): Promise<void> {
  const hosts = [...new Set(group.map(({ host }) => host))];
  for (const { id } of await tx<{ id: number }[]>`UPDATE service SET glimpse = NULL
    WHERE host = ANY(${hosts}) AND glimpse IS NOT NULL RETURNING id`)
    touched.add(id);
}
