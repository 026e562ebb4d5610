import { z } from "zod";
import { readAlertEvents, readAlerts, readFleetAlerts, readSilences } from "@/db/read/alerts";
import { type AlertAnswer, acknowledgeAlert } from "@/db/write/acknowledge-alert";
import { unacknowledgeAlert } from "@/db/write/unacknowledge-alert";
import { now } from "../../clock";
import { defaultAlerts } from "../../config/alert-keys";
import { afterInWords } from "../../insight/rules/limit-words";
import { rules } from "../../insight/rules/table";
import { type AlertRule, severities } from "../../wire/alert";
import { alertEventView, alertView } from "../../wire/alert-view";
import { alertPage } from "../alert-pages";
import { json } from "../json";
import { pendingAlerts } from "../pending-alerts";
import { ProblemError } from "../problem";
import { anyOf, anyOfWords, cursor, instant, limit, plainText, sayIssues } from "../query";
import { readJson } from "../read-body";
import { requireMayChangeAlerts } from "../require-may";
import { endpoint } from "../route";

const alertParams = z.object({ id: z.uuid().transform((id) => id.toLowerCase()) });

/** `GET /api/v1/alerts` */
export const listAlerts = endpoint({
  params: z.unknown(),
  query: z.strictObject({
    status: anyOfWords(["firing", "acknowledged", "silenced", "resolved"]),
    rule: anyOfWords(rules.map(({ id }) => id)),
    severity: anyOfWords(severities),
    host: anyOf,
    service: anyOf,
    group: anyOf,
    from: instant,
    to: instant,
    limit,
    cursor,
  }),
  handle: async ({ query, database }) => {
    const { status, rule, severity, host, service, group, ...rest } = query;
    const filter = { rules: rule, severities: severity, hosts: host, services: service, groups: group };
    return json(await alertPage(database.db, { ...filter, ...rest, statuses: status }));
  },
});

/** `GET /api/v1/alerts/{id}`: with what became of it. */
export const oneAlert = endpoint({
  params: alertParams,
  query: z.strictObject({}),
  handle: async ({ params: { id }, database: { db } }) => {
    const { at } = now();
    const [record] = await readAlerts(db, [id]);
    if (!record) throw noAlert();
    const [silences, events] = [await readSilences(db, at), await readAlertEvents(db, id)];
    return json({ ...alertView(record, silences, at), events: events.map(alertEventView) });
  },
});

/** `POST /api/v1/alerts/{id}/acknowledge` */
export const postAcknowledge = endpoint({
  params: alertParams,
  query: z.strictObject({}),
  handle: async ({ params: { id }, actor, request, database }) => {
    await requireMayChangeAlerts(database, actor, "alert acknowledge", id);
    const note = readNote(await readJson(request));
    return answered(await acknowledgeAlert(database, { id, actor: actor.name, note }));
  },
});

/** `POST /api/v1/alerts/{id}/unacknowledge` */
export const postUnacknowledge = endpoint({
  params: alertParams,
  query: z.strictObject({}),
  handle: async ({ params: { id }, actor, database }) => {
    await requireMayChangeAlerts(database, actor, "alert unacknowledge", id);
    return answered(await unacknowledgeAlert(database, { id, actor: actor.name }));
  },
});

/** `GET /api/v1/alert-rules`: as they hold for the fleet. */
export const listAlertRules = endpoint({
  params: z.unknown(),
  query: z.strictObject({ limit }),
  handle: async ({ database: { db } }) => {
    const { limits, thrash } = (await readFleetAlerts(db)) ?? defaultAlerts;
    const items = rules.map(
      (rule): AlertRule => ({
        id: rule.id,
        title: rule.title,
        severity: rule.severity,
        about: rule.about,
        after: afterInWords(rule, limits, thrash),
        origin: rule.origin,
        todo: rule.todo,
      }),
    );
    return json({ items, next: null });
  },
});

/** `GET /api/v1/pending-alerts`: what fires soon if nothing changes; all of it, for it is little. */
export const listPendingAlerts = endpoint({
  params: z.unknown(),
  query: z.strictObject({}),
  handle: async ({ database }) => json({ items: await pendingAlerts(database), next: null }),
});

/** What an acknowledgement may say. */
export const acknowledgement = z.strictObject({ note: plainText(1000).nullish() });

function readNote(body: unknown): string | null {
  const read = acknowledgement.safeParse(body);
  if (!read.success) throw new ProblemError("invalid", sayIssues(read.error));
  return read.data.note?.trim() || null;
}

function answered(answer: AlertAnswer): Response {
  switch (answer.tag) {
    case "done":
      return json(answer.alert);
    case "refused":
      throw new ProblemError("conflict", answer.reason);
    case "unknown-alert":
      throw noAlert();
  }
}

function noAlert(): ProblemError {
  return new ProblemError("not-found", "There is no alert of this id.");
}
