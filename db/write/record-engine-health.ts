import { lt } from "drizzle-orm";
import type { Database } from "../open";
import { engineHealth } from "../schema";

export type EngineHealth = typeof engineHealth.$inferSelect;

/** An engine that has said nothing for so long is no longer worth a row. */
const forgetAfterUs = 24 * 3_600_000_000;

/** Takes the place of what this engine said of itself before. */
export async function recordEngineHealth({ db }: Database, health: EngineHealth): Promise<void> {
  const { id, ...said } = health;
  await db.insert(engineHealth).values(health).onConflictDoUpdate({ target: engineHealth.id, set: said });
}

/** Drops what engines of long ago said. */
export async function forgetEngines({ db }: Database, at: number): Promise<void> {
  await db.delete(engineHealth).where(lt(engineHealth.at, at - forgetAfterUs));
}
