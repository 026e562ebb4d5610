import { bigint, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { service } from "./schema";

/**
 * What history comes to, kept in the transaction that writes it: sums of stays that have ended, cut to
 * whole milliseconds. All of it can be computed anew from `transition` and `gap`.
 */

const serviceId = () =>
  integer("service_id")
    .notNull()
    .references(() => service.id);
const count = (name: string) => bigint(name, { mode: "number" }).notNull();

/** How long a service was in a state on one UTC day, gaps left out, and how often it came into it. */
export const stayDay = pgTable(
  "stay_day",
  {
    serviceId: serviceId(),
    /** Days since 1970-01-01, in UTC. */
    day: integer("day").notNull(),
    state: text("state").notNull(),
    ms: count("ms"),
    entries: integer("entries").notNull(),
  },
  (t) => [primaryKey({ columns: [t.serviceId, t.day, t.state] }), index("stay_day_day").on(t.day)],
);

/**
 * The same over all time, and how long the newest stays were. It counts when recorded and never falls:
 * of a gap that is known only after a stay in it has ended, `stay_day` takes the time back, this does not.
 */
export const stayTotal = pgTable(
  "stay_total",
  {
    serviceId: serviceId(),
    state: text("state").notNull(),
    ms: count("ms"),
    entries: count("entries"),
    /** Lengths in ms of the newest stays that were seen whole and say what is normal; newest first. */
    recent: bigint("recent", { mode: "number" }).array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.serviceId, t.state] })],
);

/** How often each move was made, by the cause that was told first. Never falls. */
export const moveCount = pgTable(
  "move_count",
  {
    serviceId: serviceId(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    cause: text("cause").notNull(),
    count: count("count"),
  },
  (t) => [primaryKey({ columns: [t.serviceId, t.fromState, t.toState, t.cause] })],
);

/** One row once history was thinned: single moves of before are gone, the sums of their days are not. */
export const thinning = pgTable("thinning", {
  id: integer("id").primaryKey(),
  /** In ms; the beginning of a day in UTC. */
  untilMs: count("until_ms"),
});
