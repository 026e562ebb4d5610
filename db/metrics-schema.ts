import { bigint, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { service } from "./schema";

/**
 * How many commands of each service ended in which way; never falls. Counted by a trigger on `command`,
 * so that none of the places which settle one can forget it, and a scrape need not count history.
 */
export const commandCount = pgTable(
  "command_count",
  {
    serviceId: integer("service_id")
      .notNull()
      .references(() => service.id),
    event: text("event").notNull(),
    status: text("status").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.serviceId, t.event, t.status] })],
);
