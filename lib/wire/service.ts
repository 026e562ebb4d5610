import { z } from "zod";
import { causeKinds, sources } from "../machine/observation";
import { operatorEvents } from "../machine/types";
import { applicationSchema } from "./application";

/** The shapes of version 1 of the HTTP API and of the live feed: what every view is given. */

/** RFC 3339 in UTC with microseconds. */
export const instantSchema = z.string().meta({ format: "date-time" });

export const refusalCodes = [
  "no-contact",
  "stale",
  "busy",
  "not-allowed-in-state",
  "interlock",
  "forbidden",
] as const;
export const refusalCodeSchema = z.enum(refusalCodes);
export type RefusalCode = z.infer<typeof refusalCodeSchema>;

export const commandStatuses = ["requested", "accepted", "proven", "failed", "timed-out", "unknown"] as const;

export const commandSchema = z.object({
  id: z.string(),
  service: z.string(),
  event: z.enum(operatorEvents),
  actor: z.string(),
  reason: z.string().nullable(),
  status: z.enum(commandStatuses),
  requestedAt: instantSchema,
  /** When the target state was reached; from then on it is being held. */
  reachedAt: instantSchema.nullable(),
  settledAt: instantSchema.nullable(),
  detail: z.string().nullable(),
});
export type Command = z.infer<typeof commandSchema>;

export const causeSchema = z.object({
  kind: z.enum(causeKinds),
  actor: z.string().optional(),
  detail: z.string(),
});
export type WireCause = z.infer<typeof causeSchema>;

export const transitionSchema = z.object({
  id: z.string(),
  service: z.string(),
  seq: z.number().int(),
  from: z.string().nullable(),
  to: z.string(),
  event: z.string().nullable(),
  at: instantSchema,
  inFromMs: z.number().int().nullable(),
  gapMs: z.number().int(),
  revision: z.number().int(),
  cause: causeSchema,
  source: z.enum(sources),
  declared: z.boolean(),
  inferred: z.boolean(),
  commandId: z.string().nullable(),
  evidence: z.record(z.string(), z.unknown()),
});
export type Transition = z.infer<typeof transitionSchema>;

export const contactSchema = z.object({
  status: z.enum(["live", "lost", "never"]),
  since: instantSchema.nullable(),
  reason: z.string().nullable(),
});
export type Contact = z.infer<typeof contactSchema>;

export const healthSchema = z.object({
  status: z.enum(["ok", "degraded", "failing", "unknown"]),
  detail: z.string(),
  have: z.number().optional(),
  want: z.number().optional(),
});
export type Health = z.infer<typeof healthSchema>;

export const refusalSchema = z.object({
  event: z.enum(operatorEvents),
  code: refusalCodeSchema,
  reason: z.string(),
  /** Sent along with the same command, this makes it pass: `busy` calls off the one under way. */
  override: z.literal("busy").optional(),
});
export type Refusal = z.infer<typeof refusalSchema>;

export const serviceSchema = z.object({
  id: z.string(),
  host: z.string(),
  name: z.string(),
  kind: z.string(),
  group: z.string().nullable(),
  tags: z.array(z.string()),
  /** Only of those that the configuration calls validators, or the chain did last: also while nothing of it runs that could say so. */
  validator: z.literal(true).optional(),
  /** `null` until the service was first seen. */
  state: z.string().nullable(),
  since: instantSchema.nullable(),
  seq: z.number().int(),
  /** Who or what brought it into this state; null until it was first seen. */
  cause: causeSchema.nullable(),
  contact: contactSchema,
  health: healthSchema,
  /** What it says of itself; null where nobody asks, or nothing of it runs. */
  application: applicationSchema.nullable(),
  process: z.object({ state: z.string(), detail: z.string() }),
  load: z.string(),
  activity: z.string().nullable(),
  thrash: z.enum(["none", "flapping", "crash-loop"]),
  alerts: z.number().int(),
  allowed: z.array(z.enum(operatorEvents)),
  refused: z.array(refusalSchema),
  command: commandSchema.nullable(),
  runbook: z.string().nullable(),
});
export type Service = z.infer<typeof serviceSchema>;

export const gapSchema = z.object({
  from: instantSchema,
  to: instantSchema.nullable(),
  reason: z.string(),
  recovered: z.boolean(),
});
export type Gap = z.infer<typeof gapSchema>;

/** The same with the host that was not seen. */
export const hostGapSchema = gapSchema.extend({ host: z.string() });
export type HostGap = z.infer<typeof hostGapSchema>;

export const logLineSchema = z.object({
  at: instantSchema.nullable(),
  priority: z.number().int().nullable(),
  text: z.string(),
  stream: z.string().nullable(),
  /** Where the log itself has no instants: by when the line is known to have been in it. */
  knownAt: instantSchema.optional(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** What a service's processes use together. `null`: not counted, or nothing runs. */
export const usageSchema = z.object({
  at: instantSchema,
  /** False when nothing of the service runs. */
  running: z.boolean(),
  memoryBytes: z.number().int().nullable(),
  /** Processor time since its start, in microseconds. */
  cpuUs: z.number().int().nullable(),
  /** Of one core, between this reading and the one before; `null` for the first. */
  cpuShare: z.number().nullable(),
  tasks: z.number().int().nullable(),
});
export type Usage = z.infer<typeof usageSchema>;

export const problemSchema = z.object({
  type: z.string(),
  status: z.number().int(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
