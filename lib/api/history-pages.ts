import type { Handle } from "@/db/open";
import { findGaps, type GapRow, readFirstMove } from "@/db/read/gaps";
import type { HostRow, ServiceRecord } from "@/db/read/services";
import { findTransitions } from "@/db/read/transitions";
import { now, toRfc3339 } from "../clock";
import { contactView } from "../wire/contact-view";
import type { Gap, Transition } from "../wire/service";
import { transitionView } from "../wire/transition-view";
import { decodeCursor, encodeCursor } from "./cursor";
import { type Page, page } from "./json";

export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A page of a service's history, newest first. `from` and `to` are its span, in µs. */
export async function transitionPage(
  db: Handle,
  { service }: ServiceRecord,
  query: PageQuery & { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<Page<Transition>> {
  const [afterSeq] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["number"]);
  const filter = { serviceId: service.id, from: query.from, to: query.to, afterSeq };
  const rows = await findTransitions(db, filter, query.limit + 1);
  return page(rows, query.limit, transitionView, ({ seq }) => encodeCursor([seq]));
}

interface ToldGap {
  readonly gap: Gap;
  readonly keys: readonly [number, number];
}

/**
 * When a service's host was not observed since the service's history begins, newest first. A gap
 * that has not ended yet has no `to`.
 */
export async function gapPage(
  db: Handle,
  { service, host }: ServiceRecord,
  { limit, cursor }: PageQuery,
): Promise<Page<Gap>> {
  const since = await readFirstMove(db, service.id);
  if (since === null) return { items: [], next: null };
  const [from, id] = cursor === undefined ? [] : decodeCursor(cursor, ["number", "number"]);
  const after = from === undefined || id === undefined ? undefined : { from, id };
  const rows = await findGaps(db, host.id, since, after, limit + 1);
  const present = after === undefined && service.present ? openGap(host, since) : [];
  const told = [...present, ...rows.map((row) => closedGap(row, since))];
  return page(
    told,
    limit,
    ({ gap }) => gap,
    ({ keys }) => encodeCursor(keys),
  );
}

function closedGap(row: GapRow, since: number): ToldGap {
  const from = toRfc3339(Math.max(row.from, since));
  const gap = { from, to: toRfc3339(row.to), reason: row.reason, recovered: row.recovered };
  return { gap, keys: [row.from, row.id] };
}

/** While a host is not seen, its gap stands in no row yet. */
function openGap(host: HostRow, since: number): ToldGap[] {
  const contact = contactView(host, now().at);
  if (contact.status === "live" || host.observedUntil === null) return [];
  const from = toRfc3339(Math.max(host.observedUntil, since));
  const gap = { from, to: null, reason: contact.reason ?? "The host is not in contact.", recovered: false };
  return [{ gap, keys: [host.observedUntil, Number.MAX_SAFE_INTEGER] }];
}
