import { describe, expect, test } from "vitest";
import { errorsOf, testMistakes } from "./expect-errors";
import { fleetOf, warningsOf } from "./expect-fleet";

const text = `hosts: { toys: { platform: process } }
services: [{ host: toys, name: a, command: [a], group: edge, tags: [web] }]
notify:
  channels:
    hook: { webhook: { url: "https://hooks.example.net/x", secret: { env: HOOK_SECRET } } }
    mail:
      email:
        smtp: { host: mail.example.net, user: box, password: { file: secrets/smtp } }
        from: Signalbox <box@example.net>
        to: [ops@example.net]
    chat: { slack: { url: { env: CHAT } } }
    disc: { discord: { url: { file: /etc/disc } } }
    phone: { ntfy: { url: "https://ntfy.example.net", topic: ops, token: { env: NTFY } } }
    am: { alertmanager: { url: "http://127.0.0.1:9093" } }
  routes:
    - { severity: [critical], to: [phone], resolved: false, continue: true }
    - { group: edge, tag: web, host: toys, rule: error, kind: service, to: [chat, disc] }
    - to: [hook, mail, am]
  digest: { above: 3 }
  giveUpAfter: 2h
`;

describe("a good section", () => {
  const { notify } = fleetOf(text);

  test("is read with every default filled in", () => {
    expect(notify.digest).toEqual({ above: 3, withinMs: 10_000 });
    expect(notify.giveUpAfterMs).toBe(7_200_000);
    expect(notify.routes[0]).toEqual({
      severity: ["critical"],
      ...{ group: null, tag: null, host: null, rule: null, kind: null },
      ...{ to: ["phone"], resolved: false, continue: true },
    });
    expect(notify.routes[2]).toMatchObject({ to: ["hook", "mail", "am"], resolved: true, continue: false });
    expect(warningsOf(text)).toEqual([]);
  });

  test("has secrets as texts, or as where they are read from", () => {
    expect(notify.channels).toEqual([
      {
        name: "hook",
        kind: "webhook",
        url: { tag: "text", text: "https://hooks.example.net/x" },
        secret: { tag: "env", name: "HOOK_SECRET" },
      },
      {
        name: "mail",
        kind: "email",
        smtp: {
          ...{ host: "mail.example.net", port: 587, security: "starttls" },
          login: { user: "box", password: { tag: "file", path: "/srv/box/secrets/smtp" } },
        },
        from: "Signalbox <box@example.net>",
        to: ["ops@example.net"],
      },
      { name: "chat", kind: "slack", url: { tag: "env", name: "CHAT" } },
      { name: "disc", kind: "discord", url: { tag: "file", path: "/etc/disc" } },
      {
        name: "phone",
        kind: "ntfy",
        url: { tag: "text", text: "https://ntfy.example.net" },
        topic: { tag: "text", text: "ops" },
        token: { tag: "env", name: "NTFY" },
      },
      { name: "am", kind: "alertmanager", url: { tag: "text", text: "http://127.0.0.1:9093" } },
    ]);
  });

  test.each([
    ["port: 465", { port: 465, security: "tls" }],
    ["security: tls", { port: 465, security: "tls" }],
    ["security: none", { port: 25, security: "none" }],
    ["port: 2525", { port: 2525, security: "starttls" }],
  ])("a mail server with %s is %j", (keys, smtp) => {
    const email = `email: { smtp: { host: 192.0.2.1, ${keys} }, from: a@example.net, to: [b@example.net] }`;
    const fleet = fleetOf(`notify: { channels: { m: { ${email} } } }`);
    expect(fleet.notify.channels[0]).toMatchObject({ smtp });
  });

  test("without one nobody is told", () => {
    for (const none of ["", "notify:", "hosts: { here: {} }"])
      expect(fleetOf(none).notify).toMatchObject({ channels: [], routes: [], giveUpAfterMs: 86_400_000 });
  });
});

test("what can never be told is warned of", () => {
  const odd = text
    .replace("to: [hook, mail, am]", "to: [hook, mail]")
    .replace("group: edge, tag: web, host: toys", "group: egde, tag: wbe, host: tosy");
  expect(warningsOf(odd)).toEqual([
    "14: no route leads to the channel `am`",
    "17: no service is in the group `egde`",
    "17: no service has the tag `wbe`",
    "17: no host is called `tosy`",
  ]);
});

const channel = (keys: string) => `notify:\n  channels:\n    a: { ${keys} }\n`;
const email = (keys: string) => channel(`email: { from: a@example.net, to: [b@example.net], ${keys} }`);

testMistakes([
  ["notify as a list", "notify: []", 1, /an empty list: notify is a map; allowed: channels, routes, digest/],
  [
    "an unknown key",
    "notify: { channel: {} }",
    1,
    /unknown key `channel` in notify; did you mean `channels`/,
  ],
  ["channels as a list", "notify: { channels: [a] }", 1, /this is a list: channels is a map from names/],
  [
    "a channel's bad name",
    "notify: { channels: { a/b: { slack: { url: { env: A } } } } }",
    1,
    /`a\/b`: a ch/,
  ],
  ["no kind", channel(""), 3, /this is a map: a channel is exactly one of webhook, email, slack, discord/],
  [
    "two kinds",
    channel("slack: { url: { env: A } }, discord: { url: { env: A } }"),
    3,
    /a channel is exactly one of/,
  ],
  ["an unknown kind", channel("mail: {}"), 3, /unknown key `mail` in a channel; did you mean `email`\?/],
  ["no url", channel("slack: {}"), 3, /`url` is missing: url is a URL that begins with http/],
  ["an empty secret", channel('webhook: { url: { env: A }, secret: "" }'), 3, /an empty text/],
  ["a secret of both", channel("slack: { url: { env: A, file: b } }"), 3, /a secret has either env or file/],
  ["a secret of neither", channel("slack: { url: {} }"), 3, /a secret has either env or file/],
  ["a password without user", email("smtp: { host: m, password: { env: A } }"), 3, /both user and password/],
  ["a bad address", email("smtp: { host: m }").replace("b@e", "b e"), 3, /an address is such as ops@ex/],
  ["a bad port", email("smtp: { host: m, port: 0 }"), 3, /`0`: must be a whole number from 1 to 65535/],
  ["a bad topic", channel("ntfy: { url: { env: A }, topic: a/b }"), 3, /topic is letters, digits, _ and -/],
  ["routes as a map", "notify: { routes: {} }", 1, /this is a map: routes is a list/],
  ["a route to nowhere", "notify: { routes: [{ severity: [info] }] }", 1, /`to` is missing: to is a list of/],
  [
    "an unknown rule",
    "notify: { channels: { a: { slack: { url: { env: A } } } }, routes: [{ rule: eror, to: [a] }] }",
    1,
    /`eror`: must be error, .*did you mean `error`\?/,
  ],
  ["a digest of nothing", "notify: { digest: { above: 0 } }", 1, /must be a whole number from 1 to 1000/],
  ["a short patience", "notify: { giveUpAfter: 5s }", 1, /`5s`: must be from 1m to 30d/],
  [
    "an unknown channel",
    `${channel("slack: { url: { env: A } }").replace("a:", "chat:")}  routes: [{ to: [caht] }]\n`,
    4,
    /unknown channel `caht` in a route; did you mean `chat`\? channels: chat/,
  ],
]);

test("two mistakes in one route are both told", () => {
  expect(errorsOf("notify:\n  routes:\n    - { severity: [crit], to: [] }")).toEqual([
    expect.stringMatching(/^f.yaml:3: `crit`: must be critical, warning or info; did you mean `critical`\?/),
    expect.stringMatching(/^f.yaml:3: an empty list: to is a list of channels, such as \[ops\]; it needs/),
  ]);
});

describe("a message never repeats what may be a secret", () => {
  test.each([
    "slack: { url: hunter2 }",
    "slack: hunter2",
    "slack: { https://hunter2.example.net/ }",
    "slack: { url: https://user:hunter2@example.net }",
    "slack: { url: [hunter2] }",
    "slack: { url: { env: hunter2! } }",
    "ntfy: { url: { env: A }, topic: hunter2! }",
    "email: { smtp: { host: m, user: u, password: [hunter2] }, from: a@example.net, to: [a@example.net] }",
  ])("%s", (keys) => {
    const errors = errorsOf(channel(keys));
    expect(errors).not.toEqual(["no error"]);
    expect(errors.join("\n")).not.toContain("hunter2");
    expect(errors.join("\n")).toMatch(/^f\.yaml:3: /);
  });
});
