import { contactView, type StoredContact } from "../../lib/wire/contact-view";
import type { Sql, TransactionSql as Tx } from "../open";

/** A service, and until when its newest stay is known to have lasted. */
export interface ObservedService {
  readonly id: number;
  readonly host: string;
  readonly name: string;
  /** In ms; null: nobody saw it last. */
  readonly observedUntil: number | null;
}

/** Which services; what is left out leaves none out. */
export interface ServiceChoice {
  readonly hosts?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
}

interface StoredWatch extends StoredContact {
  readonly id: number;
  readonly host: string;
  readonly name: string;
  readonly present: boolean;
  readonly historyUntil: number | null;
}

/** All that is read within `read` belongs to one moment, whatever is recorded meanwhile. */
export async function atOneMoment<T>(sql: Sql, read: (tx: Tx) => Promise<T>): Promise<T> {
  return (await sql.begin("isolation level repeatable read read only", read)) as T;
}

/** The services of the present configuration that fit, by host and name. @param at now, in µs. */
export async function chooseServices(tx: Tx, choice: ServiceChoice, at: number): Promise<ObservedService[]> {
  const { hosts, groups, tags, kinds } = choice;
  const anyOf = (column: string, values: readonly string[] | undefined) =>
    values === undefined ? tx`` : tx`AND ${tx(column)} = ANY(${values as string[]}::text[])`;
  const rows = await tx<StoredWatch[]>`${selectWatches(tx)}
    WHERE s.present ${anyOf("s.host", hosts)} ${anyOf("s.group_name", groups)} ${anyOf("s.kind", kinds)}
      ${tags === undefined ? tx`` : tx`AND s.tags && ${tags as string[]}::text[]`}
    ORDER BY s.host, s.name`;
  return rows.map((row) => observed(row, at));
}

/** One service, also one that left the configuration. */
export async function observeService(tx: Tx, serviceId: number, at: number): Promise<ObservedService> {
  const [row] = await tx<StoredWatch[]>`${selectWatches(tx)} WHERE s.id = ${serviceId}`;
  if (!row) throw new RangeError(`there is no service ${serviceId}`);
  return observed(row, at);
}

function selectWatches(tx: Tx) {
  return tx`SELECT s.id, s.host, s.name, s.present, h.contact, h.contact_since AS "contactSince",
      h.contact_reason AS "contactReason", h.observed_until AS "observedUntil",
      h.history_until AS "historyUntil"
    FROM service s JOIN host h ON h.id = s.host`;
}

function observed({ id, host, name, ...stored }: StoredWatch, at: number): ObservedService {
  const until = observedUntil(stored, at);
  return { id, host, name, observedUntil: until === null ? null : Math.floor(until / 1000) };
}

/**
 * While its host is seen a stay lasts. While what happened meanwhile is read back from the host's own
 * record, it lasted until history was last complete: what came then is not known yet.
 */
function observedUntil(stored: Omit<StoredWatch, "id" | "host" | "name">, at: number): number | null {
  const { present, historyUntil } = stored;
  if (!present || stored.observedUntil === null) return null;
  const complete = Math.min(stored.observedUntil, historyUntil ?? stored.observedUntil);
  const readingBack = complete < stored.observedUntil;
  return contactView(stored, at).status === "live" && !readingBack ? at : complete;
}
