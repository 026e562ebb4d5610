import { sql } from "drizzle-orm";
import type { Usage } from "../../lib/wire/service";
import { channels } from "../channels";
import type { Handle } from "../open";

/** The database's own clock, in µs: engine and web may run on machines whose clocks differ. */
const databaseNow = sql`(extract(epoch FROM clock_timestamp()) * 1000000)::bigint`;
/** Readings come more often than this. One that did not come is asked for again. */
const silenceUs = 6_000_000;

/** Says that somebody looks at what a service uses, for `forUs` from now on. */
export async function wantUsage(db: Handle, serviceId: number, forUs: number): Promise<void> {
  await db.execute(sql`
    WITH before AS (SELECT answered_at FROM usage_watch WHERE service_id = ${serviceId}),
      wanted AS (
        INSERT INTO usage_watch AS u (service_id, wanted_until)
        VALUES (${serviceId}, ${databaseNow} + ${forUs}::bigint)
        ON CONFLICT (service_id)
          DO UPDATE SET wanted_until = greatest(u.wanted_until, excluded.wanted_until))
    SELECT pg_notify(${channels.wish}, '')
    WHERE coalesce((SELECT answered_at FROM before), 0) < ${databaseNow} - ${silenceUs}::bigint`);
}

/** The services at whose usage somebody looks now. */
export async function readWantedUsage(db: Handle): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(
    sql`SELECT service_id AS id FROM usage_watch WHERE wanted_until > ${databaseNow}`,
  );
  return rows.map(({ id }) => id);
}

/** Stores what was read and wakes those who look. @returns false when nobody does any more. */
export async function answerUsage(db: Handle, serviceId: number, reading: Usage): Promise<boolean> {
  const answered = await db.execute(sql`
    WITH answered AS (
      UPDATE usage_watch SET reading = ${JSON.stringify(reading)}::jsonb, answered_at = ${databaseNow}
      WHERE service_id = ${serviceId} AND wanted_until > ${databaseNow} RETURNING 1)
    SELECT pg_notify(${channels.answer}, '') FROM answered`);
  return answered.length > 0;
}

/** The newest reading, unless it is an old one, from when somebody looked last. */
export async function readUsage(db: Handle, serviceId: number): Promise<Usage | null> {
  const [row] = await db.execute<{ reading: Usage }>(sql`
    SELECT reading FROM usage_watch
    WHERE service_id = ${serviceId} AND answered_at > ${databaseNow} - ${silenceUs}::bigint`);
  return row?.reading ?? null;
}
