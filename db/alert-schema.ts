import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { AlertChange, Matcher, Severity, SilenceKind } from "../lib/wire/alert";
import { identity, micros } from "./columns";
import { service } from "./schema";

/** Something that needs a person: fired when a rule's condition had lasted, until it no longer holds. */
export const alert = pgTable(
  "alert",
  {
    id: text("id").primaryKey(),
    rule: text("rule").notNull(),
    severity: text("severity").$type<Severity>().notNull(),
    host: text("host").notNull(),
    /** Null: it is about the host, or the group, as a whole. */
    serviceId: integer("service_id").references(() => service.id),
    groupName: text("group_name"),
    /** When what it is about began. */
    since: micros("since").notNull(),
    firedAt: micros("fired_at").notNull(),
    resolvedAt: micros("resolved_at"),
    resolvedBecause: text("resolved_because"),
    summary: text("summary").notNull(),
    why: text("why").notNull(),
    todo: text("todo").notNull(),
    acknowledgedBy: text("acknowledged_by"),
    acknowledgedAt: micros("acknowledged_at"),
    acknowledgedNote: text("acknowledged_note"),
  },
  (t) => [
    /** One alert for one thing at a time. */
    uniqueIndex("alert_fires_once")
      .on(t.rule, t.host, sql`coalesce(service_id, 0)`, sql`coalesce(group_name, '')`)
      .where(sql`resolved_at IS NULL`),
    index("alert_firing").on(t.serviceId).where(sql`resolved_at IS NULL`),
    index("alert_fired_at").on(t.firedAt, t.id),
    index("alert_service_fired_at").on(t.serviceId, t.firedAt),
  ],
);

/** What became of an alert, and through whom. Append-only; notifications follow it by id. */
export const alertEvent = pgTable(
  "alert_event",
  {
    id: identity(),
    alertId: text("alert_id")
      .notNull()
      .references(() => alert.id),
    at: micros("at").notNull(),
    what: text("what").$type<AlertChange>().notNull(),
    actor: text("actor"),
    note: text("note"),
  },
  (t) => [index("alert_event_alert").on(t.alertId, t.id)],
);

/** What is expected, and therefore not told (silence) or not even fired (maintenance). */
export const silence = pgTable("silence", {
  id: text("id").primaryKey(),
  kind: text("kind").$type<SilenceKind>().notNull(),
  matcher: jsonb("matcher").$type<Matcher>().notNull(),
  startsAt: micros("starts_at").notNull(),
  endsAt: micros("ends_at").notNull(),
  why: text("why").notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: micros("created_at").notNull(),
  endedBy: text("ended_by"),
  endedAt: micros("ended_at"),
});

/** The outbox: what is to be told through which channel, until it has been. */
export const notification = pgTable(
  "notification",
  {
    id: text("id").primaryKey(),
    channel: text("channel").notNull(),
    /** Of `alert_event`; null for a test. */
    eventId: bigint("event_id", { mode: "number" }),
    /** Of the alert; null for a test. */
    alertId: text("alert_id"),
    /** What goes out together: given once, and kept until the receiver has said yes or no. */
    deliveryId: text("delivery_id"),
    /** The receiver said no: tried again now and then, and keeps nothing else waiting. */
    standsAside: boolean("stands_aside").notNull().default(false),
    payload: jsonb("payload").$type<unknown>().notNull(),
    status: text("status", { enum: ["queued", "sent", "given-up"] }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    createdAt: micros("created_at").notNull(),
    /** Not to be tried before. */
    nextAt: micros("next_at").notNull(),
    /** Somebody is sending it; after this instant that one has died. */
    claimedUntil: micros("claimed_until"),
    sentAt: micros("sent_at"),
    lastError: text("last_error"),
  },
  (t) => [
    uniqueIndex("notification_channel_event").on(t.channel, t.eventId),
    index("notification_queued").on(t.nextAt).where(sql`status = 'queued'`),
    /** What was told of an alert, and how often a channel was used lately. */
    index("notification_alert").on(t.alertId, t.channel),
    index("notification_sent").on(t.channel, t.sentAt).where(sql`status = 'sent'`),
  ],
);

/** One row: up to which alert event the outbox has been filled. */
export const notificationCursor = pgTable("notification_cursor", {
  id: integer("id").primaryKey(),
  eventId: bigint("event_id", { mode: "number" }).notNull(),
});

/** How each configured channel does, for the settings page. It holds no secret and no address. */
export const notificationChannel = pgTable("notification_channel", {
  name: text("name").primaryKey(),
  kind: text("kind").notNull(),
  /** Where it leads, without what may not be shown: "ops@example.net". */
  target: text("target").notNull(),
  present: boolean("present").notNull(),
  lastSentAt: micros("last_sent_at"),
  lastErrorAt: micros("last_error_at"),
  lastError: text("last_error"),
});
