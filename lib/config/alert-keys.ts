import { z } from "zod";
import type { Limits } from "../insight/rules/picture";
import type { Rule, RuleLimit } from "../insight/rules/rule";
import { defaultLimits, rules } from "../insight/rules/table";
import { spanInWords } from "../span-in-words";
import { type AlertOverrides, type Alerts, serviceKinds } from "./fleet";
import { keysOf } from "./keys-of";
import { duration, durationOrOff, onOrOff, wholeNumber } from "./values";

/** The keys of `alerts`: one for each rule of the table, so that a new rule has its key by being there. */

const thrashKeys = keysOf("thrash", {
  errors: wholeNumber(1, 100)
    .optional()
    .describe("So many entries into Error by itself are a crash loop … Default 3."),
  within: duration("1s", "1d")
    .optional()
    .describe("… within this time, and over after as long without. Default 10m."),
});

type Given = {
  readonly [key: string]: number | boolean | null | z.output<typeof thrashKeys> | "off" | undefined;
};

function keyOf(limit: RuleLimit): z.ZodType {
  switch (limit.tag) {
    case "duration":
      return durationOrOff("100ms", "24d")
        .optional()
        .describe(`${limit.what} Or off. Default ${spanInWords(limit.defaultMs)}.`);
    case "switch":
      return onOrOff().optional().describe(`${limit.what} Default ${limit.on}.`);
    case "thrash":
      return z
        .union([z.literal("off"), thrashKeys], {
          error: () => "thrash is a map, such as { errors: 3, within: 10m }, or off",
        })
        .optional()
        .describe(`${limit.what} Or off.`);
  }
}

const keysAbout = (about: Rule["about"]) =>
  Object.fromEntries(
    rules.filter((rule) => rule.about === about).map(({ limit }) => [limit.key, keyOf(limit)] as const),
  );

const ofTheFile = "the file's own alerts: it is not about single services";
const ofGroups = "the alerts of a group, or the file's own: it is not about single services";

const elsewhere = {
  kinds: ofTheFile,
  ...Object.fromEntries(Object.keys(keysAbout("host")).map((key) => [key, ofTheFile])),
};

/** As a service's own or a kind's overrides. */
export const alertKeys = keysOf("alerts", keysAbout("service"), {
  ...elsewhere,
  ...Object.fromEntries(Object.keys(keysAbout("group")).map((key) => [key, ofGroups])),
});

/** As a group's: for its services, and for what they are together. */
export const groupAlertKeys = keysOf("alerts", { ...keysAbout("service"), ...keysAbout("group") }, elsewhere);

/** For the whole fleet. */
export const fleetAlertKeys = keysOf("alerts", {
  ...keysAbout("service"),
  ...keysAbout("group"),
  ...keysAbout("host"),
  kinds: keysOf(
    "kinds",
    Object.fromEntries(
      serviceKinds.map((kind) => [
        kind,
        alertKeys.optional().describe(`What differs for services of kind ${kind}.`),
      ]),
    ),
  )
    .optional()
    .describe("What differs for the services of a kind."),
});

/** Where the file says nothing: the specification's four, and what else needs a person. */
export const defaultAlerts: Alerts = { limits: defaultLimits, thrash: { errors: 3, withinMs: 600_000 } };

/** What is said, as far as anything is. */
export function overridesFrom(given: unknown): AlertOverrides {
  const { thrash, ...rest } = (given ?? {}) as Given;
  const said = Object.entries(rest).flatMap(([key, value]) =>
    key === "kinds" || value === undefined ? [] : [[key, limitFrom(value)] as const],
  );
  if (typeof thrash !== "object" || thrash === null)
    return { limits: Object.fromEntries(thrash === "off" ? [...said, ["thrash", null]] : said) };
  const { errors, within } = thrash;
  return {
    limits: Object.fromEntries([...said, ["thrash", 0]]),
    thrash: { ...(errors !== undefined && { errors }), ...(within !== undefined && { withinMs: within }) },
  };
}

function limitFrom(value: unknown): number | null {
  if (typeof value === "number") return value;
  return value === true ? 0 : null;
}

/** The alerts with what is said put over `base`, the later over the earlier. */
export function alertsFrom(
  base: Alerts | undefined,
  ...overrides: readonly (AlertOverrides | undefined)[]
): Alerts {
  return overrides.reduce<Alerts>(
    (alerts, said) => ({
      limits: { ...alerts.limits, ...said?.limits } as Limits,
      thrash: { ...alerts.thrash, ...said?.thrash },
    }),
    base ?? defaultAlerts,
  );
}
