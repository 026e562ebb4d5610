import { eq } from "drizzle-orm";
import type { StoredMember } from "../../lib/wire/group-view";
import type { Handle, Sql } from "../open";
import { configState, type StoredGroup } from "../schema";

export interface GroupMember extends StoredMember {
  readonly group: string;
}

/** The services of the present configuration that are in these groups, or in any, by group, host and name. */
export async function readGroupMembers(sql: Sql, groups: readonly string[] | null): Promise<GroupMember[]> {
  const wanted = groups === null ? sql`IS NOT NULL` : sql`= ANY(${[...groups]}::text[])`;
  return sql<GroupMember[]>`
    SELECT s.group_name AS "group", s.host, s.name, coalesce(s.glimpse->>'state', s.state) AS state,
      s.application #> '{application,node}' AS node,
      s.kind = 'besu' AND coalesce(s.validator, (s.settings->>'validator')::boolean, false) AS "isValidator",
      h.contact, h.contact_since AS "contactSince", h.contact_reason AS "contactReason",
      h.observed_until AS "observedUntil"
    FROM service s JOIN host h ON h.id = s.host
    WHERE s.present AND s.group_name ${wanted} ORDER BY s.group_name, s.host, s.name`;
}

/** What is configured of groups, by name; none until an engine has told it. */
export async function readStoredGroups(db: Handle): Promise<readonly StoredGroup[]> {
  const [found] = await db
    .select({ groups: configState.groups })
    .from(configState)
    .where(eq(configState.id, 1));
  return found?.groups ?? [];
}
