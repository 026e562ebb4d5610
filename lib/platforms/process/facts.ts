import { z } from "zod";

/**
 * What the supervisor saw or did, one line of JSON each. Facts are all that the interpretation is
 * given, so a file of them tells the same history again anywhere.
 */

const operatorSchema = z.object({
  tag: z.literal("operator"),
  actor: z.string(),
  commandId: z.string(),
});

/** Who or what set the supervisor going. */
const triggerSchema = z.discriminatedUnion("tag", [
  operatorSchema,
  z.object({ tag: z.literal("automatic-restart"), attempt: z.number(), max: z.number().nullable() }),
  z.object({ tag: z.literal("autostart") }),
  /** It was to be up when Signalbox went away, or (`unconfigured`) when it was taken out of the configuration. */
  z.object({ tag: z.literal("resumed"), unconfigured: z.boolean().optional() }),
  z.object({ tag: z.literal("signalbox-ending") }),
  z.object({ tag: z.literal("left-over") }),
  /** The service was taken out of the configuration. */
  z.object({ tag: z.literal("unconfigured") }),
]);
export type Trigger = z.infer<typeof triggerSchema>;

export const stopPurposes = [
  "stop",
  "restart",
  "reset",
  "start-deadline",
  "signalbox-ending",
  "left-over",
] as const;
export type StopPurpose = (typeof stopPurposes)[number];

const leftOverSchema = z.object({ pid: z.number(), startTime: z.string(), command: z.string() });
/** A process that outlived the one which it came from. */
export type LeftOver = z.infer<typeof leftOverSchema>;

/** `forbidden`: it may not be signalled; else the kernel did not end it. */
const notEndedSchema = leftOverSchema.extend({ forbidden: z.boolean() });
/** A process that still runs after its SIGKILL. */
export type NotEnded = z.infer<typeof notEndedSchema>;

const healthSchema = z.object({
  status: z.enum(["ok", "degraded", "failing", "unknown"]),
  detail: z.string(),
  have: z.number().optional(),
  want: z.number().optional(),
});

const factBodySchema = z.discriminatedUnion("tag", [
  /** The first fact of every run of Signalbox: what history says. */
  z.object({ tag: z.literal("opened"), state: z.string().nullable(), probed: z.boolean() }),
  z.object({ tag: z.literal("found-nothing"), rebooted: z.boolean() }),
  z.object({
    tag: z.literal("found-left-over"),
    processes: z.array(leftOverSchema),
    /** The service's own process is among them: it was started then and there. */
    begun: z.object({ at: z.number(), monotonic: z.number(), pid: z.number() }).nullable(),
  }),
  z.object({
    tag: z.literal("start-begun"),
    trigger: triggerSchema,
    oneshot: z.boolean(),
    probed: z.boolean(),
  }),
  z.object({ tag: z.literal("waiting-for"), services: z.array(z.string()) }),
  z.object({ tag: z.literal("spawned"), pid: z.number(), startTime: z.string() }),
  z.object({ tag: z.literal("spawn-failed"), error: z.string() }),
  z.object({ tag: z.literal("ready"), by: z.enum(["health", "settled"]), detail: z.string() }),
  z.object({ tag: z.literal("start-timed-out"), limitMs: z.number(), detail: z.string() }),
  z.object({ tag: z.literal("stop-begun"), trigger: triggerSchema, purpose: z.enum(stopPurposes) }),
  /** Killed now. `hurried`: earlier than its own limit, because Signalbox itself must end. */
  z.object({ tag: z.literal("stop-timed-out"), limitMs: z.number(), hurried: z.boolean() }),
  /** A stop found no process yet, only the wait for other services. */
  z.object({ tag: z.literal("nothing-to-stop") }),
  z.object({
    tag: z.literal("exited"),
    code: z.number().nullable(),
    signal: z.string().nullable(),
    runtimeMs: z.number(),
    leftOvers: z.array(leftOverSchema),
    /** The last lines of the log. */
    log: z.array(z.string()),
  }),
  /** Nothing of it runs any more. */
  z.object({ tag: z.literal("cleared"), leftOvers: z.array(leftOverSchema) }),
  /** Something of it still ran `patienceMs` after its SIGKILL. It is waited for no longer. */
  z.object({
    tag: z.literal("kill-failed"),
    patienceMs: z.number(),
    notEnded: z.array(notEndedSchema),
    leftOvers: z.array(leftOverSchema),
  }),
  z.object({
    tag: z.literal("restart-scheduled"),
    inMs: z.number(),
    attempt: z.number(),
    max: z.number().nullable(),
  }),
  z.object({ tag: z.literal("restart-given-up"), attempts: z.number() }),
  z.object({ tag: z.literal("restart-cancelled"), trigger: triggerSchema }),
  z.object({ tag: z.literal("reset"), trigger: triggerSchema }),
  z.object({ tag: z.literal("health"), health: healthSchema }),
]);
export type FactBody = z.infer<typeof factBodySchema>;

const stampSchema = z.object({
  service: z.string(),
  at: z.number(),
  monotonic: z.number(),
  bootId: z.string(),
  /** Random; one for each start, and for what happens between two of them. */
  invocation: z.string(),
});
export type FactStamp = z.infer<typeof stampSchema>;

export const processFactSchema = z.intersection(stampSchema, factBodySchema);
export type ProcessFact = FactStamp & FactBody;
