import { z } from "zod";
import { instantSchema } from "./service";

export const engineReportSchema = z.object({
  id: z.string(),
  build: z.string(),
  startedAt: instantSchema,
  heardAt: instantSchema,
  memoryBytes: z.number().int(),
  /** What it saw and has not yet written. */
  waiting: z.number().int(),
});
export type EngineReport = z.infer<typeof engineReportSchema>;

/** How Signalbox itself does, as `GET /api/v1/health` tells it. */
export const signalboxHealthSchema = z.object({
  at: instantSchema,
  database: z.object({
    version: z.string(),
    /** How long it took to answer all that is asked here. */
    answeredInMs: z.number().int(),
    bytes: z.number().int(),
    historyBytes: z.number().int(),
    transitions: z.number().int(),
    /** Too many to count: PostgreSQL's own estimate. */
    transitionsEstimated: z.boolean(),
  }),
  /** The one that was heard last first. */
  engines: z.array(engineReportSchema).readonly(),
  /** When some engine last said that it sees its host. */
  observedUntil: instantSchema.nullable(),
  /** The web process that answered. */
  web: z.object({
    build: z.string(),
    startedAt: instantSchema,
    memoryBytes: z.number().int(),
    feedPosition: z.string(),
    subscribers: z.number().int(),
    /** Newest events that are kept for streams that connect again. */
    feedBytes: z.number().int(),
  }),
  configErrors: z.array(z.string()).readonly(),
});
export type Health = z.infer<typeof signalboxHealthSchema>;
