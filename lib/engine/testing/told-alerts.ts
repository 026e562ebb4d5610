import type { Sql } from "@/db/open";

/** An alert with its own history, as tests look at it. */
export interface ToldAlert {
  readonly id: string;
  readonly rule: string;
  readonly service: string | null;
  readonly since: number;
  readonly firedAt: number;
  readonly summary: string;
  readonly why: string;
  readonly because: string | null;
  /** "fired", "silenced", "resolved", … */
  readonly events: readonly string[];
}

/** Every alert there ever was, in the order in which they fired. */
export async function toldAlerts(sql: Sql): Promise<ToldAlert[]> {
  return sql<ToldAlert[]>`
    SELECT a.id, a.rule, s.host || '/' || s.name AS service, a.since, a.fired_at AS "firedAt", a.summary, a.why,
      a.resolved_because AS because,
      ARRAY(SELECT e.what FROM alert_event e WHERE e.alert_id = a.id ORDER BY e.id) AS events
    FROM alert a LEFT JOIN service s ON s.id = a.service_id ORDER BY a.fired_at, a.id`;
}
