import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { GroupConfig } from "../lib/config/fleet";
import type { Limits } from "../lib/insight/rules/picture";
import type { LoopLimits } from "../lib/insight/thrash/loops";
import type { Evidence } from "../lib/machine/observation";
import type { HostFacts, ServiceDetail } from "../lib/platforms/contract";
import type { Told } from "../lib/probes/contract";
import type { Command } from "../lib/wire/service";
import { identity, micros } from "./columns";

/** One row: who this database is, so that left-over processes can be told from another's. */
export const instance = pgTable("instance", {
  id: text("id").primaryKey(),
  createdAt: micros("created_at").notNull(),
});

export const host = pgTable("host", {
  id: text("id").primaryKey(),
  platform: text("platform").notNull(),
  present: boolean("present").notNull().default(true),
  contact: text("contact", { enum: ["live", "lost", "never"] })
    .notNull()
    .default("never"),
  contactSince: micros("contact_since"),
  contactReason: text("contact_reason"),
  /** Written every second while the host is watched: where a gap begins if the writing ends. */
  observedUntil: micros("observed_until"),
  /** Up to when history is complete; behind `observedUntil` while a record is read back. */
  historyUntil: micros("history_until"),
  facts: jsonb("facts").$type<HostFacts>(),
  /** Raised with every lease: a write that carries an older one is refused. */
  epoch: bigint("epoch", { mode: "number" }).notNull().default(0),
});

/** The part of a service's configuration that views show. */
export interface ServiceSettings {
  readonly runbook: string | null;
  /** The unit's name on a systemd host, the command line on a process host. */
  readonly runs: string;
  /** What counts as a crash loop; absent: the defaults, as for what was found and not configured. */
  readonly thrash?: LoopLimits;
  /** The limits of its alert rules; absent as above. */
  readonly limits?: Limits;
  /** The configuration calls it a validator. */
  readonly validator?: boolean;
}

/** How the alert rules hold for the fleet. */
export interface FleetAlerts {
  readonly limits: Limits;
  readonly thrash: LoopLimits;
}

/** What is configured of a group beside its members. */
export type StoredGroup = Pick<GroupConfig, "name" | "keepRunning">;

export interface Glimpse {
  readonly state: string;
  readonly since: number | null;
}

export interface ThrashMark {
  readonly level: "flapping" | "crash-loop";
  readonly since: number;
  /** One sentence. */
  readonly why: string;
}

export const service = pgTable(
  "service",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    host: text("host")
      .notNull()
      .references(() => host.id),
    name: text("name").notNull(),
    kind: text("kind").notNull(),
    groupName: text("group_name"),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    settings: jsonb("settings").$type<ServiceSettings>().notNull(),
    /** False once it left the configuration; its history stays. */
    present: boolean("present").notNull().default(true),
    /** Found by a pattern on its host, not named in the configuration. */
    discovered: boolean("discovered").notNull().default(false),
    state: text("state"),
    since: micros("since"),
    sinceMonotonic: micros("since_monotonic"),
    sinceBootId: text("since_boot_id"),
    seq: integer("seq").notNull().default(0),
    detail: jsonb("detail").$type<ServiceDetail>(),
    /** What it says of itself; null where nobody asks, or nothing of it runs. */
    application: jsonb("application").$type<Told>(),
    /** Whether the chain counted it among its validators when it last said so; null: it never did. */
    validator: boolean("validator"),
    /** What is seen while the way there is still being read back: shown in place of `state`. */
    glimpse: jsonb("glimpse").$type<Glimpse>(),
    /** Null: it does not thrash. */
    thrash: jsonb("thrash").$type<ThrashMark>(),
    /** Whether it was last meant to be up; null until a person or `autostart` decided. */
    wanted: boolean("wanted"),
  },
  (t) => [uniqueIndex("service_host_name").on(t.host, t.name)],
);

/** History. Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE. */
export const transition = pgTable(
  "transition",
  {
    id: identity(),
    serviceId: integer("service_id")
      .notNull()
      .references(() => service.id),
    seq: integer("seq").notNull(),
    fromState: text("from_state"),
    toState: text("to_state").notNull(),
    event: text("event"),
    at: micros("at").notNull(),
    observedAt: micros("observed_at").notNull(),
    bootId: text("boot_id"),
    monotonic: micros("monotonic"),
    /** Time spent in `from_state`, gaps left out; null on a service's first row. */
    inFromUs: micros("in_from_us"),
    gapUs: micros("gap_us").notNull(),
    source: text("source").notNull(),
    sourceKey: text("source_key").notNull(),
    declared: boolean("declared").notNull(),
    inferred: boolean("inferred").notNull(),
    commandId: text("command_id"),
    evidence: jsonb("evidence").$type<Evidence>().notNull(),
    /** From when on it counts as `to_state`, in whole ms: `at`, but never before the move before it. */
    countedAt: bigint("counted_at", { mode: "number" }).notNull(),
  },
  (t) => [
    uniqueIndex("transition_service_seq").on(t.serviceId, t.seq),
    uniqueIndex("transition_service_source_key").on(t.serviceId, t.sourceKey),
    index("transition_at").on(t.at, t.id),
    /** All that time in state asks of a move: the table itself need not be read. */
    index("transition_service_counted").on(t.serviceId, t.countedAt, t.seq, t.toState),
  ],
);

/** Who or what caused a transition. Append-only; the highest revision is what is believed now. */
export const attribution = pgTable(
  "attribution",
  {
    id: identity(),
    transitionId: bigint("transition_id", { mode: "number" })
      .notNull()
      .references(() => transition.id),
    revision: integer("revision").notNull(),
    kind: text("kind").notNull(),
    actor: text("actor"),
    detail: text("detail").notNull(),
    recordedAt: micros("recorded_at").notNull(),
  },
  (t) => [
    uniqueIndex("attribution_transition_revision").on(t.transitionId, t.revision),
    /** "What did this person do?", and who there is to ask about. */
    index("attribution_actor").on(t.actor, t.transitionId).where(sql`actor IS NOT NULL`),
  ],
);

/** A span in which a host was not observed. */
export const gap = pgTable(
  "gap",
  {
    id: identity(),
    host: text("host")
      .notNull()
      .references(() => host.id),
    from: micros("from_at").notNull(),
    to: micros("to_at").notNull(),
    reason: text("reason").notNull(),
    recovered: boolean("recovered").notNull(),
  },
  (t) => [
    index("gap_host_from").on(t.host, t.from),
    index("gap_from").on(t.from, t.id),
    /** "Which of them reach beyond this instant?" */
    index("gap_unseen_to").on(t.host, t.to).where(sql`NOT recovered`),
  ],
);

export const command = pgTable(
  "command",
  {
    id: text("id").primaryKey(),
    serviceId: integer("service_id")
      .notNull()
      .references(() => service.id),
    event: text("event").$type<Command["event"]>().notNull(),
    actor: text("actor").notNull(),
    reason: text("reason"),
    status: text("status").$type<Command["status"]>().notNull(),
    /** The lease under which an engine took it; null until then. */
    epoch: bigint("epoch", { mode: "number" }),
    requestedAt: micros("requested_at").notNull(),
    reachedAt: micros("reached_at"),
    settledAt: micros("settled_at"),
    detail: text("detail"),
  },
  (t) => [
    /** At most one command holds a service until its target is reached. */
    uniqueIndex("command_holds_service")
      .on(t.serviceId)
      .where(sql`settled_at IS NULL AND reached_at IS NULL`),
    index("command_service_requested").on(t.serviceId, t.requestedAt),
    index("command_unsettled").on(t.id).where(sql`settled_at IS NULL`),
  ],
);

export const feedKinds = [
  "service",
  "service-removed",
  "transition",
  "command",
  "host",
  "host-removed",
  "config",
  "alert",
] as const;
export type FeedKind = (typeof feedKinds)[number];

/** What changed, in commit order: ids are given under a transaction lock. Pruned; history is not. */
export const feed = pgTable("feed", {
  id: identity(),
  kind: text("kind", { enum: feedKinds }).notNull(),
  serviceId: integer("service_id"),
  transitionId: bigint("transition_id", { mode: "number" }),
  /** The revision of the transition that this row tells. */
  revision: integer("revision"),
  /** What cannot be read back later as it was: a command's status, a host's contact. */
  payload: jsonb("payload").$type<unknown>(),
  at: micros("at").notNull(),
});

/** Who asked for what, allowed or refused. Append-only. */
export const audit = pgTable("audit", {
  id: identity(),
  at: micros("at").notNull(),
  actor: text("actor").notNull(),
  action: text("action").notNull(),
  target: text("target"),
  outcome: text("outcome").notNull(),
  detail: text("detail"),
});

/** What is wrong with the configuration that could not be taken over; empty when it is in force. */
export const configState = pgTable("config_state", {
  id: integer("id").primaryKey(),
  errors: text("errors").array().notNull(),
  at: micros("at").notNull(),
  /** The alerts' limits that are in force for the whole fleet; null until an engine has told them. */
  alerts: jsonb("alerts").$type<FleetAlerts>(),
  /** What is configured of groups; null until an engine has told it. */
  groups: jsonb("groups").$type<readonly StoredGroup[]>(),
});

/** How each engine does: written by itself every few seconds, one row for each that ran lately. */
export const engineHealth = pgTable("engine_health", {
  id: text("id").primaryKey(),
  build: text("build").notNull(),
  startedAt: micros("started_at").notNull(),
  at: micros("at").notNull(),
  memoryBytes: bigint("memory_bytes", { mode: "number" }).notNull(),
  /** What was seen and is not committed yet. */
  waiting: integer("waiting").notNull(),
  /** Its own metrics, as `lib/metrics/published.ts` reads them; null from a build that tells none. */
  figures: jsonb("figures").$type<unknown>(),
});
