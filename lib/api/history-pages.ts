import type { z } from "zod";
import type { Handle } from "@/db/open";
import { findFleetGaps, findGaps, type GapRow, readFirstMove } from "@/db/read/gaps";
import { readHosts } from "@/db/read/hosts";
import type { HostRow, ServiceRecord } from "@/db/read/services";
import { findTransitions } from "@/db/read/transitions";
import { now, toRfc3339 } from "../clock";
import { contactView } from "../wire/contact-view";
import type { Gap, HostGap, Transition } from "../wire/service";
import { transitionView } from "../wire/transition-view";
import { decodeCursor, encodeCursor } from "./cursor";
import { type Page, page } from "./json";
import { defaultLimit } from "./query";
import { filterOf, type transitionQuery } from "./transition-query";

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
  const [afterSeq] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["integer"]);
  const filter = { serviceId: service.id, from: query.from, to: query.to, afterSeq };
  const rows = await findTransitions(db, filter, query.limit + 1);
  return page(rows, query.limit, transitionView, ({ seq }) => encodeCursor([seq]));
}

/** A page of the whole fleet's history, newest first. @throws ProblemError `malformed` for a foreign cursor. */
export async function fleetTransitionPage(
  db: Handle,
  query: z.output<typeof transitionQuery>,
): Promise<Page<Transition>> {
  const limit = query.limit ?? defaultLimit;
  const rows = await findTransitions(db, filterOf(query), limit + 1);
  return page(rows, limit, transitionView, (row) => encodeCursor([row.at, row.id]));
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
  const [from, id] = cursor === undefined ? [] : decodeCursor(cursor, ["bigint", "bigint"]);
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

/** When hosts were not observed, newest first; `from` and `to` are the span, in µs. */
export async function fleetGapPage(
  db: Handle,
  query: PageQuery & {
    readonly hosts: readonly string[] | undefined;
    readonly from: number | undefined;
    readonly to: number | undefined;
  },
): Promise<Page<HostGap>> {
  const { limit, cursor, hosts, from = 0, to = Number.MAX_SAFE_INTEGER } = query;
  const [before, id] = cursor === undefined ? [] : decodeCursor(cursor, ["bigint", "bigint"]);
  const after = before === undefined || id === undefined ? undefined : { from: before, id };
  const present = (await readHosts(db))
    .filter((host) => hosts?.includes(host.id) ?? true)
    .flatMap((host) => openGap(host, 0).map((told) => ({ ...told, host: host.id })))
    .filter(({ keys }) => keys[0] < to && (after === undefined || keys[0] < after.from));
  const rows = await findFleetGaps(db, { hosts, from, to, after }, limit + 1);
  const past = rows.map((row) => ({ ...closedGap(row, 0), host: row.host }));
  const told = [...present, ...past].sort(
    (left, right) => right.keys[0] - left.keys[0] || right.keys[1] - left.keys[1],
  );
  return page(
    told,
    limit,
    ({ gap, host }) => ({ host, ...gap }),
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
