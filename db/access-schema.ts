import { pgTable, text } from "drizzle-orm/pg-core";
import { micros } from "./columns";

/** Who may come in: tokens of programs, sessions of browsers, and the key of the start link. */

export const apiToken = pgTable("api_token", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  role: text("role", { enum: ["viewer", "operator", "admin"] }).notNull(),
  hash: text("hash").notNull().unique(),
  createdAt: micros("created_at").notNull(),
  revokedAt: micros("revoked_at"),
});

export const session = pgTable("session", {
  hash: text("hash").primaryKey(),
  actor: text("actor").notNull(),
  createdAt: micros("created_at").notNull(),
  expiresAt: micros("expires_at").notNull(),
});

/** The key of the printed start link; the newest start's only. */
export const startKey = pgTable("start_key", {
  hash: text("hash").primaryKey(),
  createdAt: micros("created_at").notNull(),
});
