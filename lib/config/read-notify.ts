import type { z } from "zod";
import { type ChannelKeys, channelKeys } from "./channel-keys";
import { found, readPart } from "./explain";
import { type Problem, quote } from "./issue";
import { unknownKey } from "./keys-of";
import { entryOf, isEmpty, type Located, mapOrNothing, nodeAt, textOf } from "./located";
import { nearest } from "./nearest";
import type {
  ChannelConfig,
  ChannelSettings,
  EmailSettings,
  NotifyConfig,
  RouteConfig,
} from "./notify-config";
import {
  channelNameWords,
  digestKeys,
  giveUpAfter,
  isChannelName,
  notifyKeys,
  routeKeys,
} from "./notify-keys";
import { secretFrom, secretOrNull } from "./secret-keys";
import { listSection, mapSection } from "./sections";

const defaults = digestKeys.parse({});

/** What holds without a `notify` section. */
export const notifyNobody: NotifyConfig = {
  channels: [],
  routes: [],
  digest: { above: defaults.above, withinMs: defaults.within },
  giveUpAfterMs: giveUpAfter.parse(undefined),
};

/** The `notify` section; without one nobody is told. */
export function readNotify(root: Located, baseFolder: string, problems: Problem[]): NotifyConfig {
  const section = sectionOf(root, problems);
  const channels = readChannels(section, baseFolder, problems);
  const routes = readRoutes(section, problems);
  const digest = optional(section, "digest", problems, digestKeys) ?? defaults;
  return {
    channels,
    routes,
    digest: { above: digest.above, withinMs: digest.within },
    giveUpAfterMs: optional(section, "giveUpAfter", problems, giveUpAfter) ?? notifyNobody.giveUpAfterMs,
  };
}

const nothing: Located = { tag: "map", at: 0, entries: [], size: 1 };

function sectionOf(root: Located, problems: Problem[]): Located {
  const section = entryOf(root, "notify")?.value;
  if (section === undefined || isEmpty(section)) return nothing;
  const known = Object.keys(notifyKeys.shape);
  if (section.tag !== "map") {
    const message = `${found(section)}: notify is a map; allowed: ${known.join(", ")}`;
    problems.push({ at: section.at, path: ["notify"], message });
    return nothing;
  }
  for (const { key, at } of section.entries)
    if (!known.includes(key))
      problems.push({ at, path: ["notify", key], message: unknownKey(key, "notify", known) });
  return section;
}

function optional<Keys extends z.ZodType>(section: Located, key: string, problems: Problem[], keys: Keys) {
  const part = entryOf(section, key)?.value;
  return part === undefined || isEmpty(part) ? undefined : readPart(keys, part, ["notify", key], problems);
}

function readChannels(section: Located, baseFolder: string, problems: Problem[]): ChannelConfig[] {
  const what = "a map from names to channels, such as { ops: { webhook: { url: … } } }";
  return mapSection(section, "channels", what, problems, ["notify"]).flatMap((entry) => {
    const { key: name, at } = entry;
    const path = ["notify", "channels", name];
    if (!isChannelName(name)) problems.push({ at, path, message: `${quote(name)}: ${channelNameWords}` });
    const keys = readPart(channelKeys, mapOrNothing(entry), path, problems);
    const settings = keys && settingsFrom(keys, baseFolder);
    return settings === undefined ? [] : [{ name, ...settings }];
  });
}

function settingsFrom(keys: ChannelKeys, baseFolder: string): ChannelSettings | undefined {
  const { webhook, email, slack, discord, ntfy, alertmanager } = keys;
  const url = (given: Parameters<typeof secretFrom>[0]) => secretFrom(given, baseFolder);
  if (webhook)
    return { kind: "webhook", url: url(webhook.url), secret: secretOrNull(webhook.secret, baseFolder) };
  if (email) return { kind: "email", smtp: smtpFrom(email.smtp, baseFolder), from: email.from, to: email.to };
  if (slack) return { kind: "slack", url: url(slack.url) };
  if (discord) return { kind: "discord", url: url(discord.url) };
  if (ntfy) {
    const topic = secretOrNull(ntfy.topic, baseFolder);
    return { kind: "ntfy", url: url(ntfy.url), topic, token: secretOrNull(ntfy.token, baseFolder) };
  }
  return alertmanager && { kind: "alertmanager", url: url(alertmanager.url) };
}

function smtpFrom(
  keys: NonNullable<ChannelKeys["email"]>["smtp"],
  baseFolder: string,
): EmailSettings["smtp"] {
  const security = keys.security ?? (keys.port === 465 ? "tls" : "starttls");
  const { host, user, password } = keys;
  const login =
    user === undefined || password === undefined
      ? null
      : { user, password: secretFrom(password, baseFolder) };
  return { host, port: keys.port ?? { tls: 465, starttls: 587, none: 25 }[security], security, login };
}

function readRoutes(section: Located, problems: Problem[]): RouteConfig[] {
  const names = channelNames(section);
  return listSection(section, "routes", problems, ["notify"]).flatMap((part, index) => {
    const path = ["notify", "routes", index];
    const to = nodeAt(part, ["to"]);
    for (const [place, node] of (to?.tag === "list" ? to.items : []).entries()) {
      const name = textOf(node);
      if (name === null || names.includes(name)) continue;
      const message = `unknown channel ${quote(name)} in a route; ${hint(name, names)}`;
      problems.push({ at: node.at, path: [...path, "to", place], message });
    }
    const keys = readPart(routeKeys, part, path, problems);
    return keys === undefined ? [] : [routeFrom(keys)];
  });
}

function channelNames(section: Located): string[] {
  const channels = entryOf(section, "channels")?.value;
  return channels?.tag === "map" ? channels.entries.map(({ key }) => key) : [];
}

function hint(name: string, names: readonly string[]): string {
  if (names.length === 0) return "no channels are given under channels";
  const meant = nearest(name, names, 1 / 3);
  return `${meant === null ? "" : `did you mean \`${meant}\`? `}channels: ${names.slice(0, 12).join(", ")}`;
}

function routeFrom(keys: z.output<typeof routeKeys>): RouteConfig {
  return {
    severity: keys.severity ?? null,
    group: keys.group ?? null,
    tag: keys.tag ?? null,
    host: keys.host ?? null,
    rule: keys.rule ?? null,
    kind: keys.kind ?? null,
    to: keys.to,
    resolved: keys.resolved,
    continue: keys.continue,
  };
}
