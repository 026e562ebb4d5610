import { describe, expect, test } from "vitest";
import { configJsonSchema } from "./json-schema";
import { parseFleet } from "./parse";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly description?: string;
}

const schema = configJsonSchema() as Schema;

/** Every map that the schema describes: where it stands and which keys it takes. */
function mapsOf(part: Schema, path: string): { path: string; keys: Readonly<Record<string, Schema>> }[] {
  const own = part.properties === undefined ? [] : [{ path, keys: part.properties }];
  const below = Object.entries(part.properties ?? {}).flatMap(([key, value]) =>
    mapsOf(value, `${path}.${key}`),
  );
  const others = [part.items, part.additionalProperties || undefined, ...(part.anyOf ?? [])];
  return [...own, ...below, ...others.flatMap((other) => (other === undefined ? [] : mapsOf(other, path)))];
}

const maps = mapsOf(schema, "");

/** The keys that the parser says it allows where an unknown key stands. */
function allowedBy(text: string): string[] {
  const result = parseFleet(text, { file: "f", baseFolder: "/" });
  const messages = result.tag === "invalid" ? result.issues.map(({ message }) => message) : [];
  const unknown = messages.find((message) => message.startsWith("unknown key `wrong`")) ?? "";
  return unknown
    .replace(/^.*allowed: /, "")
    .split(", ")
    .sort();
}

const service = (host: string, rest: string) =>
  `hosts: { s: {}, p: { platform: process } }\nservices: [{ host: ${host}, ${rest} }]`;

const channel = (keys: string) => `notify: { channels: { a: { ${keys} } } }`;

/** A text for each map, with a key in it that does not exist. */
const places: [string, string][] = [
  ["", "wrong: 1"],
  [".hosts", "hosts: { h: { wrong: 1 } }"],
  [".hosts", "hosts: { h: { platform: process, wrong: 1 } }"],
  [".services", service("s", "wrong: 1")],
  [".services", service("p", "wrong: 1")],
  [".services.health", service("s", "health: { wrong: 1 }")],
  [".services.health.json", service("s", "health: { http: 'http://192.0.2.1', json: { wrong: 1 } }")],
  [".services.alerts", service("s", "alerts: { wrong: 1 }")],
  [".services.alerts.thrash", service("s", "alerts: { thrash: { wrong: 1 } }")],
  [".services.besu", service("s", "kind: besu, besu: { wrong: 1 }")],
  [".services.besu.password", service("s", "kind: besu, besu: { password: { wrong: 1 } }")],
  [".services.besu.token", service("s", "kind: besu, besu: { token: { wrong: 1 } }")],
  [".services.cloudflared", service("s", "kind: cloudflared, cloudflared: { wrong: 1 }")],
  [".services.restart", service("p", "restart: { wrong: 1 }")],
  [".discover", "discover: [{ wrong: 1 }]"],
  [".groups", "groups: { g: { wrong: 1 } }"],
  [".history", "history: { wrong: 1 }"],
  [".notify", "notify: { wrong: 1 }"],
  [".notify.channels", "notify: { channels: { a: { wrong: 1 } } }"],
  [".notify.channels.webhook", channel("webhook: { url: { env: A }, wrong: 1 }")],
  [".notify.channels.webhook.url", channel("webhook: { url: { wrong: 1 } }")],
  [".notify.channels.webhook.secret", channel("webhook: { url: { env: A }, secret: { wrong: 1 } }")],
  [".notify.channels.email", channel("email: { wrong: 1 }")],
  [".notify.channels.email.smtp", channel("email: { smtp: { wrong: 1 } }")],
  [".notify.channels.email.smtp.password", channel("email: { smtp: { password: { wrong: 1 } } }")],
  [".notify.channels.slack", channel("slack: { wrong: 1 }")],
  [".notify.channels.slack.url", channel("slack: { url: { wrong: 1 } }")],
  [".notify.channels.discord", channel("discord: { wrong: 1 }")],
  [".notify.channels.discord.url", channel("discord: { url: { wrong: 1 } }")],
  [".notify.channels.ntfy", channel("ntfy: { wrong: 1 }")],
  [".notify.channels.ntfy.url", channel("ntfy: { url: { wrong: 1 } }")],
  [".notify.channels.ntfy.topic", channel("ntfy: { topic: { wrong: 1 } }")],
  [".notify.channels.ntfy.token", channel("ntfy: { token: { wrong: 1 } }")],
  [".notify.channels.alertmanager", channel("alertmanager: { wrong: 1 }")],
  [".notify.channels.alertmanager.url", channel("alertmanager: { url: { wrong: 1 } }")],
  [".notify.routes", "notify: { routes: [{ wrong: 1 }] }"],
  [".notify.digest", "notify: { digest: { wrong: 1 } }"],
  [".groups.alerts", "groups: { g: { alerts: { wrong: 1 } } }"],
  [".groups.alerts.thrash", "groups: { g: { alerts: { thrash: { wrong: 1 } } } }"],
  [".alerts", "alerts: { wrong: 1 }"],
  [".alerts.thrash", "alerts: { thrash: { wrong: 1 } }"],
  [".alerts.kinds", "alerts: { kinds: { wrong: 1 } }"],
  ...["service", "besu", "cloudflared"].flatMap((kind): [string, string][] => [
    [`.alerts.kinds.${kind}`, `alerts: { kinds: { ${kind}: { wrong: 1 } } }`],
    [`.alerts.kinds.${kind}.thrash`, `alerts: { kinds: { ${kind}: { thrash: { wrong: 1 } } } }`],
  ]),
];

describe("the schema and the parser allow the same keys", () => {
  test.each(places)("in%s: %s", (path, text) => {
    const allowed = maps.filter((map) => map.path === path).map(({ keys }) => Object.keys(keys).sort());
    expect(allowed).toContainEqual(allowedBy(text));
  });

  test("and the schema has no further maps", () => {
    expect(new Set(maps.map(({ path }) => path))).toEqual(new Set(places.map(([path]) => path)));
  });
});

test("every map is closed and every key has a description", () => {
  for (const { path, keys } of maps) {
    for (const [key, value] of Object.entries(keys)) {
      expect(value.description, `${path}.${key}`).toMatch(/\.$/);
    }
  }
  expect(JSON.stringify(schema).match(/"properties":/g)).toHaveLength(
    JSON.stringify(schema).match(/"additionalProperties":false/g)?.length ?? 0,
  );
});

test("the schema says which version of JSON Schema it is", () => {
  expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object" });
});
