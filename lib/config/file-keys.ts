import { z } from "zod";
import { fleetAlertKeys, groupAlertKeys } from "./alert-keys";
import { hostKeys } from "./host-keys";
import { keysOf } from "./keys-of";
import { hostNamePattern, hostRefWords } from "./names";
import { notifyKeys } from "./notify-keys";
import { historyKeys } from "./read-history";
import { serviceKeys } from "./service-keys";
import { listOf, words } from "./values";

/** The keys of the file itself, and of its smaller parts. */

const pattern = words(
  "a pattern is a unit's name in which * and ? stand for any letters, such as *.service",
  (text) => /^[A-Za-z0-9:_.\\@*?[\]!-]{1,255}$/.test(text),
);

export const discoverKeys = keysOf("a discover entry", {
  host: words(hostRefWords).describe("One of the names under hosts; a systemd host."),
  units: listOf(pattern, 'units is a list of patterns, such as ["*.service"]', 1).describe("Units to watch."),
  except: listOf(pattern, 'except is a list of patterns, such as ["systemd-*"]')
    .prefault([])
    .describe("Units among them to leave out."),
});

const error = () => "keepRunning is a number of services from 1, or a fraction of them up to 1, such as 2/3";

export const fractionPattern = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/;

export const groupKeys = keysOf("a group", {
  keepRunning: z
    .union(
      [
        z.string().regex(fractionPattern, { error }),
        z.int({ error }).min(1, { error }).max(100_000, { error }),
      ],
      { error },
    )
    .refine((value) => typeof value === "number" || isPartOfOne(value), { error })
    .optional()
    .describe("Commands that would leave fewer of the group's services running are refused."),
  alerts: groupAlertKeys.optional().describe("What differs from the fleet's alerts for the group."),
});

function isPartOfOne(fraction: string): boolean {
  const [, part, whole] = fractionPattern.exec(fraction) ?? [];
  return Number(part) <= Number(whole);
}

/** The whole file. What reads it goes part by part, so that one wrong part hides no other. */
export const fileKeys = keysOf("the file", {
  hosts: z
    .record(z.string().regex(hostNamePattern), hostKeys)
    .nullish()
    .describe("The machines whose services are watched, by name."),
  services: z.array(serviceKeys).nullish().describe("The services to watch and command."),
  discover: z.array(discoverKeys).nullish().describe("Units to watch by pattern, without a word for each."),
  groups: z.record(z.string(), groupKeys).nullish().describe("What holds for the services of a group."),
  alerts: fleetAlertKeys.nullish().describe("When a service is worth a person's attention."),
  history: historyKeys.nullish().describe("How long history is kept."),
  notify: notifyKeys.nullish().describe("Who is told of alerts, and how."),
});
