import { sql } from "drizzle-orm";
import { matches } from "../../lib/insight/silences";
import type { Alert, Matcher } from "../../lib/wire/alert";
import { alertView, subjectOf } from "../../lib/wire/alert-view";
import { channels } from "../channels";
import type { Handle } from "../open";
import { findUnresolvedAlerts, readAlerts, readSilences, type StoredAlert } from "../read/alerts";
import { appendFeed } from "./append-feed";

/**
 * Tells browsers and whoever sends notifications how these alerts are now. To be called last in a
 * transaction, as `appendFeed` is. @returns them as they were told.
 */
export async function tellAlerts(tx: Handle, ids: readonly string[], at: number): Promise<Alert[]> {
  return tell(tx, await readAlerts(tx, ids), at);
}

/** The same for every unresolved alert that a silence is, or was, about. */
export async function tellMatching(tx: Handle, matcher: Matcher, at: number): Promise<void> {
  const unresolved = await findUnresolvedAlerts(tx, {});
  await tell(
    tx,
    unresolved.filter((record) => matches(matcher, subjectOf(record))),
    at,
  );
}

async function tell(tx: Handle, records: readonly StoredAlert[], at: number): Promise<Alert[]> {
  const silences = await readSilences(tx, at);
  const told = records.map((record) => ({ record, payload: alertView(record, silences, at) }));
  await tx.execute(sql`SELECT pg_notify(${channels.alert}, '')`);
  const rows = told.map(({ record: { serviceId }, payload }) => ({
    kind: "alert" as const,
    ...(serviceId !== null && { serviceId }),
    payload,
  }));
  await appendFeed(tx, rows, at);
  return told.map(({ payload }) => payload);
}
