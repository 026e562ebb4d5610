import type { z } from "zod";
import type { Alerts } from "./fleet";
import { keysOf } from "./keys-of";
import { duration, wholeNumber } from "./values";

/** The keys of `alerts`, for the fleet and as a service's own overrides. */
export const alertKeys = keysOf("alerts", {
  error: duration("100ms", "24d").optional().describe("How long a service may be in Error. Default 5m."),
  starting: duration("100ms", "24d").optional().describe("How long it may be Starting. Default 10m."),
  stopping: duration("100ms", "24d").optional().describe("How long it may be Stopping. Default 2m."),
  thrash: keysOf("thrash", {
    errors: wholeNumber(1, 10_000)
      .optional()
      .describe("So many entries into Error are a crash loop … Default 3."),
    within: duration("1s", "24d").optional().describe("… within this time. Default 10m."),
  })
    .optional()
    .describe("What counts as a crash loop."),
});

const defaultAlerts: Alerts = {
  errorMs: 300_000,
  startingMs: 600_000,
  stoppingMs: 120_000,
  thrash: { errors: 3, withinMs: 600_000 },
};

/** The alerts with what is said put over `base`. */
export function alertsFrom(
  given: z.output<typeof alertKeys> | undefined,
  base: Alerts = defaultAlerts,
): Alerts {
  return {
    errorMs: given?.error ?? base.errorMs,
    startingMs: given?.starting ?? base.startingMs,
    stoppingMs: given?.stopping ?? base.stoppingMs,
    thrash: {
      errors: given?.thrash?.errors ?? base.thrash.errors,
      withinMs: given?.thrash?.within ?? base.thrash.withinMs,
    },
  };
}
