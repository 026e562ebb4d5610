import { z } from "zod";
import { instantSchema } from "./service";

/** The shapes of alerts, silences and channels in version 1 of the HTTP API and of the live feed. */

export const severities = ["critical", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

export const silenceKinds = ["silence", "maintenance"] as const;
export type SilenceKind = (typeof silenceKinds)[number];

/** What can become of an alert. `held`: due, but expected (a command's window, a maintenance). */
export const alertChanges = [
  "fired",
  "acknowledged",
  "unacknowledged",
  "silenced",
  "unsilenced",
  "resolved",
] as const;
export type AlertChange = (typeof alertChanges)[number];

/** All that is given has to fit; what is left out fits anything. At least one is given. */
export const matcherSchema = z.strictObject({
  rule: z.string().optional(),
  host: z.string().optional(),
  /** `host/name` */
  service: z.string().optional(),
  group: z.string().optional(),
  tag: z.string().optional(),
  kind: z.string().optional(),
});
export type Matcher = z.infer<typeof matcherSchema>;

export const silenceSchema = z.object({
  id: z.string(),
  kind: z.enum(silenceKinds),
  matcher: matcherSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  why: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema,
  endedBy: z.string().nullable(),
  endedAt: instantSchema.nullable(),
});
export type Silence = z.infer<typeof silenceSchema>;

export const alertSchema = z.object({
  id: z.string(),
  rule: z.string(),
  severity: z.enum(severities),
  status: z.enum(["firing", "acknowledged", "silenced", "resolved"]),
  /** Of an alert about a group: the host of the engine that tells it. */
  host: z.string(),
  /** `host/name`; null when it is about the host or the group as a whole. */
  service: z.string().nullable(),
  /** What it is about where `service` is null; else where its service is. */
  group: z.string().nullable(),
  /** When what it is about began; `firedAt` is when that had lasted too long. */
  since: instantSchema,
  firedAt: instantSchema,
  resolvedAt: instantSchema.nullable(),
  resolvedBecause: z.string().nullable(),
  /** One sentence each: what it is, why it fired, what to do. */
  summary: z.string(),
  why: z.string(),
  todo: z.string(),
  acknowledged: z.object({ by: z.string(), at: instantSchema, note: z.string().nullable() }).nullable(),
  /** The silence that holds it back at present. */
  silencedBy: z.object({ id: z.string(), until: instantSchema, why: z.string() }).nullable(),
});
export type Alert = z.infer<typeof alertSchema>;

export const alertEventSchema = z.object({
  at: instantSchema,
  what: z.enum(alertChanges),
  actor: z.string().nullable(),
  note: z.string().nullable(),
});
export type AlertEvent = z.infer<typeof alertEventSchema>;

/** A rule as it holds for the fleet; `after` says its limit in words. */
export const alertRuleSchema = z.object({
  id: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  about: z.enum(["service", "host", "group"]),
  after: z.string(),
  origin: z.enum(["specified", "practical"]),
  todo: z.string(),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

/** An alert that fires at `firesAt` if nothing changes until then. */
export const pendingAlertSchema = z.object({
  rule: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  /** `host/name` */
  service: z.string(),
  host: z.string(),
  group: z.string().nullable(),
  state: z.string(),
  since: instantSchema,
  firesAt: instantSchema,
});
export type PendingAlert = z.infer<typeof pendingAlertSchema>;

/** How a channel does: what waits in it, what it sent last, and why it did not. */
export const channelSchema = z.object({
  name: z.string(),
  kind: z.string(),
  target: z.string(),
  waiting: z.number().int(),
  givenUp: z.number().int(),
  lastSentAt: instantSchema.nullable(),
  lastErrorAt: instantSchema.nullable(),
  lastError: z.string().nullable(),
});
export type Channel = z.infer<typeof channelSchema>;
