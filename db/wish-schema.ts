import { boolean, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { LogLine, Usage } from "../lib/wire/service";
import { identity, micros } from "./columns";

/** A wish of the web side for a service's log; the engine that watches the host answers in chunks. */
export const logRequest = pgTable("log_request", {
  id: text("id").primaryKey(),
  serviceId: integer("service_id").notNull(),
  lines: integer("lines").notNull(),
  grep: text("grep"),
  priority: integer("priority"),
  around: micros("around_at"),
  follow: boolean("follow").notNull(),
  /** Renewed while somebody listens; the engine stops following after it. */
  expiresAt: micros("expires_at").notNull(),
  claimed: boolean("claimed").notNull().default(false),
});

export const logChunk = pgTable(
  "log_chunk",
  {
    id: identity(),
    requestId: text("request_id").notNull(),
    lines: jsonb("lines").$type<LogLine[]>().notNull(),
    /** Set on the last chunk: null while more may come, "" when complete, else why it failed. */
    ended: text("ended"),
  },
  (t) => [index("log_chunk_request").on(t.requestId, t.id)],
);

/**
 * What services use, while somebody looks: one row each, however many look. The web side says until
 * when it is wanted, the engine that watches the host answers into it. Instants are the database's.
 */
export const usageWatch = pgTable("usage_watch", {
  serviceId: integer("service_id").primaryKey(),
  wantedUntil: micros("wanted_until").notNull(),
  answeredAt: micros("answered_at"),
  reading: jsonb("reading").$type<Usage>(),
});
