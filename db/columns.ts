import { bigint } from "drizzle-orm/pg-core";

/** Every instant is a bigint of microseconds: a timestamptz would lose them on the way through a Date. */
export const micros = (name: string) => bigint(name, { mode: "number" });

/** A number that the database gives, ascending. */
export const identity = (name = "id") =>
  bigint(name, { mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
