import { z } from "zod";
import { causeKinds } from "../machine/observation";
import { instantSchema } from "./service";

/** The shapes of what history means, in version 1 of the HTTP API. Spans are whole milliseconds. */

/** All `ms` and `notObservedMs` together are the span, exactly (times the number of services). */
export const timeInStateSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** How many services the sums are of; 1 for one service. */
  services: z.number().int(),
  states: z.record(
    z.string(),
    z.object({
      ms: z.number().int(),
      entries: z.number().int(),
      /** Of the stays that ended in the span; null where none did. */
      longestMs: z.number().int().nullable().optional(),
      typicalMs: z.number().int().nullable().optional(),
    }),
  ),
  notObservedMs: z.number().int(),
});
export type TimeInState = z.infer<typeof timeInStateSchema>;

/**
 * The states of one service over a span, in order and without a hole. Stays that are too short for
 * the asked-for resolution are put together: `state` is then the one that took most of it, and
 * `moves` says how many moves the band holds.
 */
export const bandSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** Null: not observed. */
  state: z.string().nullable(),
  moves: z.number().int(),
});

export type Band = z.infer<typeof bandSchema>;

export const timelineSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  bands: z.array(bandSchema),
});
export type Timeline = z.infer<typeof timelineSchema>;

export const serviceTimelineSchema = z.object({
  /** `host/name` */
  service: z.string(),
  timeline: timelineSchema,
});
export type ServiceTimeline = z.infer<typeof serviceTimelineSchema>;

/** How long a service usually stays in a state. `basis` says what that is known from. */
export const normalStaySchema = z.object({
  state: z.string(),
  basis: z.enum(["history", "specification"]),
  /** Of how many stays; 0 where the specification speaks. */
  stays: z.number().int(),
  medianMs: z.number().int().nullable(),
  /** 95 of 100 were shorter; the specification's upper bound where it speaks. */
  p95Ms: z.number().int(),
});
export type NormalStay = z.infer<typeof normalStaySchema>;

export const thrashLevels = ["none", "flapping", "crash-loop"] as const;
export type ThrashLevel = (typeof thrashLevels)[number];

export const thrashSchema = z.object({
  /** Nagios' flap score over steady states, in per cent. */
  score: z.number(),
  level: z.enum(thrashLevels),
  since: instantSchema.nullable(),
  /** One sentence why it has this level. */
  why: z.string(),
  /** The newest start-limit hit of the service manager in the span, as the fact it is. */
  startLimit: instantSchema.nullable(),
  buckets: z.array(
    z.object({
      at: instantSchema,
      transitions: z.number().int(),
      unintended: z.number().int(),
      causes: z.partialRecord(z.enum(causeKinds), z.number().int()),
    }),
  ),
  bucketMs: z.number().int(),
  thresholds: z.object({
    crashLoop: z.object({ errors: z.number().int(), withinMs: z.number().int() }),
    slowLoop: z.object({ errors: z.number().int(), withinMs: z.number().int() }),
    flapping: z.object({ high: z.number(), low: z.number() }),
  }),
});
export type Thrash = z.infer<typeof thrashSchema>;
