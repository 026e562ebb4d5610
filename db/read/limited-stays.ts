import type { StoredContact } from "../../lib/wire/contact-view";
import type { Sql } from "../open";
import type { ServiceSettings } from "../schema";

/** A service in a state that a rule limits, and what is to be known to say when that rule fires. */
export interface LimitedStay extends StoredContact {
  readonly host: string;
  readonly name: string;
  readonly groupName: string | null;
  readonly settings: ServiceSettings;
  readonly state: string;
  readonly since: number;
  /** How much of the time since then nobody saw, in µs. */
  readonly unseenUs: number;
  /** The rules that fire for it already. */
  readonly firing: readonly string[];
}

/** The services of the present configuration that are in one of these states now. */
export async function readLimitedStays(sql: Sql, states: readonly string[]): Promise<LimitedStay[]> {
  return sql<LimitedStay[]>`
    SELECT s.host, s.name, s.group_name AS "groupName", s.settings, s.state, s.since,
      h.contact, h.contact_since AS "contactSince", h.contact_reason AS "contactReason",
      h.observed_until AS "observedUntil", coalesce(g.unseen, 0)::bigint AS "unseenUs",
      ARRAY(SELECT a.rule FROM alert a WHERE a.service_id = s.id AND a.resolved_at IS NULL) AS firing
    FROM service s JOIN host h ON h.id = s.host CROSS JOIN LATERAL (
      SELECT sum(gap.to_at - greatest(gap.from_at, s.since)) AS unseen FROM gap
      WHERE gap.host = s.host AND NOT gap.recovered AND gap.to_at > s.since) g
    WHERE s.present AND s.glimpse IS NULL AND s.since IS NOT NULL AND s.state = ANY(${states as string[]}::text[])
    ORDER BY s.host, s.name`;
}
