import type { Micros } from "../../lib/machine/types";
import type { Node } from "../../lib/wire/application";
import type { StoredContact } from "../../lib/wire/contact-view";
import type { ThrashLevel } from "../../lib/wire/insight";
import type { Health } from "../../lib/wire/service";
import type { Database } from "../open";

export interface ServiceFigures {
  readonly id: number;
  readonly host: string;
  readonly name: string;
  readonly kind: string;
  /** What is shown: ahead of `recorded` while history is still being read back. */
  readonly state: string | null;
  readonly since: Micros | null;
  readonly recorded: string | null;
  /** From when on the present stay counts as `recorded`, in ms. */
  readonly countedAt: number | null;
  readonly thrash: Exclude<ThrashLevel, "none"> | null;
  readonly health: Health["status"] | null;
  readonly have: number | null;
  readonly want: number | null;
  readonly group: string | null;
  /** What it says of itself as a node. */
  readonly node: Node | null;
  /** By the chain as it said last, else by the configuration. */
  readonly isValidator: boolean;
  /** How far from the head of its chain; null: it is not syncing. */
  readonly sync: { readonly behind: number | null } | null;
  /** Whether it says otherwise than its process; null: nobody asks it, or nothing of it runs. */
  readonly disagrees: boolean | null;
}

/** What a scrape tells of the fleet. Sums of stays are in milliseconds. */
export interface MetricsSnapshot {
  readonly services: readonly ServiceFigures[];
  readonly hosts: readonly (StoredContact & { readonly id: string; readonly historyUntil: Micros | null })[];
  /** What nobody saw of present stays, oldest first. */
  readonly gaps: readonly { readonly host: string; readonly from: Micros; readonly to: Micros }[];
  readonly totals: readonly { readonly serviceId: number; readonly state: string; readonly ms: number }[];
  readonly moves: readonly MoveFigures[];
  /** Those that fire; `service` is null where one is about a host or a group. */
  readonly alerts: readonly {
    readonly rule: string;
    readonly host: string;
    readonly service: string | null;
    /** Where it is about a group as a whole. */
    readonly group: string | null;
  }[];
  /** Commands that have ended. */
  readonly commands: readonly { readonly event: string; readonly status: string; readonly count: number }[];
  readonly underWay: readonly { readonly event: string; readonly count: number }[];
  readonly queued: readonly { readonly channel: string; readonly count: number }[];
}

interface MoveFigures {
  readonly serviceId: number;
  readonly from: string;
  readonly to: string;
  readonly cause: string;
  readonly count: number;
}

/** As many of a host's newest gaps as an engine remembers (`GapBook`): what a present stay can hold. */
const gapsOfHost = 1_000;

/**
 * All that a scrape tells of the fleet, as it was at one moment: a stay that ended while we read would
 * otherwise be counted as ended and as present. Its cost grows with services, hosts and what fires or
 * waits now, never with history.
 */
export async function readMetricsSnapshot({ sql }: Pick<Database, "sql">): Promise<MetricsSnapshot> {
  return sql.begin("ISOLATION LEVEL REPEATABLE READ READ ONLY", async (tx) => {
    const [services, hosts, gaps, totals, moves, alerts, commands, underWay, queued] = await Promise.all([
      tx<ServiceFigures[]>`
        SELECT s.id, s.host, s.name, s.kind, coalesce(s.glimpse->>'state', s.state) AS state,
          s.state AS recorded, t.counted_at AS "countedAt",
          CASE WHEN s.glimpse IS NULL THEN s.since ELSE (s.glimpse->>'since')::bigint END AS since,
          s.thrash->>'level' AS thrash, h.health->>'status' AS health, (h.health->>'have')::float8 AS have,
          (h.health->>'want')::float8 AS want, s.group_name AS "group",
          nullif(a.said->'node', 'null') AS node, nullif(a.said->'sync', 'null') AS sync,
          CASE WHEN a.said IS NOT NULL
            THEN jsonb_typeof(a.said->'disagreement') = 'object' END AS disagrees,
          s.kind = 'besu' AND coalesce(s.validator, (s.settings->>'validator')::boolean, false) AS "isValidator"
        FROM service s
        CROSS JOIN LATERAL (SELECT coalesce(s.application->'health', s.detail->'health') AS health) h
        CROSS JOIN LATERAL (SELECT s.application->'application' AS said) a
        LEFT JOIN LATERAL (
          SELECT counted_at FROM transition WHERE service_id = s.id AND seq = s.seq LIMIT 1) t ON true
        WHERE s.present ORDER BY s.host, s.name`,
      tx<MetricsSnapshot["hosts"][number][]>`
        SELECT id, contact, contact_since AS "contactSince", contact_reason AS "contactReason",
          observed_until AS "observedUntil", history_until AS "historyUntil"
        FROM host WHERE present ORDER BY id`,
      tx<MetricsSnapshot["gaps"][number][]>`
        SELECT s.host, g.from_at AS "from", g.to_at AS "to"
        FROM (SELECT host, min(since) AS oldest FROM service WHERE present GROUP BY host) s
          CROSS JOIN LATERAL (SELECT from_at, to_at FROM gap
            WHERE host = s.host AND NOT recovered AND to_at > s.oldest
            ORDER BY to_at DESC LIMIT ${gapsOfHost}) g
        ORDER BY g.from_at`,
      tx<MetricsSnapshot["totals"][number][]>`
        SELECT x.service_id AS "serviceId", x.state, x.ms
        FROM stay_total x JOIN service s ON s.id = x.service_id WHERE s.present`,
      tx<MoveFigures[]>`
        SELECT m.service_id AS "serviceId", m.from_state AS "from", m.to_state AS "to", m.cause, m.count
        FROM move_count m JOIN service s ON s.id = m.service_id WHERE s.present`,
      tx<MetricsSnapshot["alerts"][number][]>`
        SELECT a.rule, a.host, s.name AS service, a.group_name AS "group"
        FROM alert a LEFT JOIN service s ON s.id = a.service_id WHERE a.resolved_at IS NULL`,
      tx<MetricsSnapshot["commands"][number][]>`
        SELECT event, status, sum(count)::bigint AS count FROM command_count GROUP BY event, status`,
      tx<MetricsSnapshot["underWay"][number][]>`
        SELECT event, count(*) AS count FROM command WHERE settled_at IS NULL GROUP BY event`,
      tx<MetricsSnapshot["queued"][number][]>`
        SELECT c.name AS channel, count(n.id) AS count FROM notification_channel c
          LEFT JOIN notification n ON n.channel = c.name AND n.status = 'queued'
        WHERE c.present GROUP BY c.name ORDER BY c.name`,
    ]);
    return { services, hosts, gaps, totals, moves, alerts, commands, underWay, queued };
  });
}
