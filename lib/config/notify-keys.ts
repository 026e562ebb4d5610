import { z } from "zod";
import { rules } from "../insight/rules/table";
import { severities } from "../wire/alert";
import { channelKeys } from "./channel-keys";
import { serviceKinds } from "./fleet";
import { keysOf } from "./keys-of";
import { groupWords, hostRefWords, isLabel, tagWords } from "./names";
import { choice, duration, listOf, wholeNumber, words, yesNo } from "./values";

/** The keys of `notify` in signalbox.yaml. */

export const channelNameWords =
  "a channel's name is letters, digits and . _ -, begins with a letter or digit, and has at most 64 characters";

export function isChannelName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name);
}

const ruleIds = rules.map(({ id }) => id) as [string, ...string[]];

export const routeKeys = keysOf("a route", {
  severity: listOf(choice(severities), "severity is a list, such as [critical, warning]", 1)
    .optional()
    .describe("Only alerts of these severities."),
  group: words(groupWords, isLabel).optional().describe("Only alerts of this group, or of its services."),
  tag: words(tagWords, isLabel).optional().describe("Only alerts of services with this tag."),
  host: words(hostRefWords).optional().describe("Only alerts of this host and of its services."),
  rule: choice(ruleIds).optional().describe("Only alerts of this rule."),
  kind: choice(serviceKinds).optional().describe("Only alerts of services of this kind."),
  to: listOf(
    words("a channel is one of the names under channels"),
    "to is a list of channels, such as [ops]",
    1,
  ).describe("The channels that are told."),
  resolved: yesNo().prefault(true).describe("Whether they are also told when it is over."),
  continue: yesNo().prefault(false).describe("Whether the routes after it are looked at too."),
});

export const digestKeys = keysOf("digest", {
  above: wholeNumber(1, 1_000)
    .prefault(5)
    .describe("So many messages of one channel go one by one; more go together as one."),
  within: duration("0s", "1h").prefault("10s").describe("When they come within this time."),
});

export const giveUpAfter = duration("1m", "30d").prefault("24h");

export const notifyKeys = keysOf("notify", {
  channels: z.record(z.string(), channelKeys).nullish().describe("Where messages can go, by name."),
  routes: z
    .array(routeKeys)
    .nullish()
    .describe("Which alerts go where; the first that fits decides. Without routes all go everywhere."),
  digest: digestKeys.nullish().describe("When many messages go as one."),
  giveUpAfter: giveUpAfter.describe("How long a message that cannot be delivered is tried again."),
});
