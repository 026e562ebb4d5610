import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { alertmanagerPost, renewalPost } from "./alertmanager";
import { discordBody } from "./discord";
import { mailHtml } from "./mail-html";
import { letterOf } from "./message";
import { ntfyPost } from "./ntfy";
import { plainText } from "./plain-text";
import { slackBody } from "./slack";
import { alertOf, base, deliveryOf, overTelling, tellingOf, testTelling } from "./test-telling";
import { webhookPost } from "./webhook";

const hostile = '<!channel> <b onload="x">@everyone</b> [a](http://evil.example.net) `*_~| & <@1>';
const hostileLetter = letterOf(
  deliveryOf(tellingOf({ alert: alertOf({ why: hostile, summary: hostile }) })),
  base,
);
const many = (count: number) =>
  letterOf(
    deliveryOf(
      ...Array.from({ length: count }, () => tellingOf({ alert: alertOf({ why: "x".repeat(4_000) }) })),
    ),
    base,
  );
const url = new URL("https://hooks.example.net/in/1");

test("plain text has a line for each fact and link", () => {
  expect(plainText(letterOf(deliveryOf(), base))).toBe(
    [
      "Since: 2026-11-28 05:00:00 UTC",
      "Why: It exited with code 3.",
      "To do: Read its log, mend what it says, and restart it.",
      "Service: https://box.example.net/services/toys/echo",
    ].join("\n"),
  );
});

describe("what a service says is text in every form", () => {
  test("in HTML", () => {
    const html = mailHtml(hostileLetter);
    expect(html).toContain("&lt;b onload=&quot;x&quot;&gt;@everyone&lt;/b&gt;");
    expect(html).not.toContain("<b onload");
  });

  test("in Slack's form, where it calls nobody", () => {
    const body = slackBody(hostileLetter);
    expect(body).toContain("&lt;!channel&gt;");
    expect(body).not.toMatch(/<!|@everyone|<@/);
    expect(JSON.parse(body).attachments[0].mrkdwn_in).toEqual([]);
  });

  test("in Discord's form, where it calls nobody", () => {
    const body = JSON.parse(discordBody(hostileLetter));
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.embeds[0].description).toContain("\\[a\\]\\(http://evil.example.net\\) \\`\\*\\_\\~\\|");
    expect(JSON.stringify(body)).not.toMatch(/@everyone|<@\d/);
  });
});

describe("a digest stays within what the receiver takes", () => {
  test("Discord: ten embeds, 6,000 characters", () => {
    for (const count of [1, 2, 10, 60]) {
      const { embeds } = JSON.parse(discordBody(many(count)));
      expect(embeds.length).toBe(Math.min(count, 10));
      const sizes = embeds.map(
        (embed: { title: string; description: string }) => embed.title.length + embed.description.length,
      );
      expect(sizes.reduce((sum: number, size: number) => sum + size)).toBeLessThanOrEqual(6_000);
      for (const { description } of embeds) expect(description).toContain("/services/toys/echo");
    }
  });

  test("Slack: the first twenty, and how many more there are", () => {
    const body = JSON.parse(slackBody(many(60)));
    expect(body.attachments).toHaveLength(20);
    expect(body.text).toBe("60 messages: 60 critical (40 of them are not shown here)");
  });

  test("ntfy: 4 kB, however wide the characters", () => {
    const wide = letterOf(deliveryOf(tellingOf({ alert: alertOf({ why: "✓".repeat(5_000) }) })), base);
    for (const letter of [many(60), wide])
      expect(Buffer.byteLength(JSON.parse(ntfyPost(url, null, null, letter).body).message)).toBeLessThan(
        4_096,
      );
  });
});

describe("ntfy", () => {
  const letter = letterOf(deliveryOf(), base);

  test("is published at the server's root, the topic from the address or beside it", () => {
    const byPath = ntfyPost(new URL("https://ntfy.example.net/sub/ops"), null, null, letter);
    expect([byPath.url.href, JSON.parse(byPath.body).topic]).toEqual(["https://ntfy.example.net/sub", "ops"]);
    const beside = ntfyPost(new URL("https://ntfy.example.net"), "ops", "tk_1", letter);
    expect([beside.url.href, beside.headers]).toEqual([
      "https://ntfy.example.net/",
      { authorization: "Bearer tk_1" },
    ]);
    expect(() => ntfyPost(new URL("https://ntfy.example.net"), null, null, letter)).toThrow(/topic/);
  });

  test("rings for what is critical, by the loudest of several", () => {
    const priority = (...tellings: Parameters<typeof deliveryOf>) =>
      JSON.parse(ntfyPost(url, null, null, letterOf(deliveryOf(...tellings), base)).body).priority;
    expect(priority(tellingOf())).toBe(5);
    expect(priority(overTelling)).toBe(3);
    expect(priority(overTelling, tellingOf({ alert: alertOf({ severity: "warning" }) }))).toBe(4);
  });
});

describe("a webhook", () => {
  test("is signed over timestamp and body, and its body is the same when it is tried again", () => {
    const first = webhookPost(url, "key", deliveryOf(), base, 1_700_000_000_999);
    const again = webhookPost(url, "key", deliveryOf(), base, 1_700_000_060_000);
    expect(again.body).toBe(first.body);
    expect(first.headers).toEqual({
      "signalbox-delivery": deliveryOf().id,
      "signalbox-timestamp": "1700000000",
      "signalbox-signature": `v1=${createHmac("sha256", "key").update(`1700000000.${first.body}`).digest("hex")}`,
    });
    expect(webhookPost(url, null, deliveryOf(), base, 0).headers).not.toHaveProperty("signalbox-signature");
  });

  test("carries each message with the whole alert and the link", () => {
    const { body } = webhookPost(url, null, deliveryOf(tellingOf(), overTelling, testTelling), base, 0);
    const { items, ...rest } = JSON.parse(body);
    expect(rest).toEqual({ version: 1, delivery: deliveryOf().id });
    expect(items).toMatchObject([
      { what: "fired", link: `${base}/services/toys/echo`, alert: alertOf(), runbook: null },
      { what: "resolved", alert: { resolvedBecause: "It is Running again." } },
      { what: "test", actor: "local operator", link: `${base}/settings` },
    ]);
  });
});

describe("Alertmanager", () => {
  const am = new URL("http://192.0.2.9:9093/am/");
  const at = 1_796_000_000_000_000;
  const alertsOf = (post: { body: string }) => JSON.parse(post.body);

  test("is told what holds, with an end far enough away", () => {
    const post = alertmanagerPost(am, deliveryOf(), base, at);
    expect(post.url.href).toBe("http://192.0.2.9:9093/am/api/v2/alerts");
    const [alert] = alertsOf(post);
    expect(alert).toMatchObject({
      labels: {
        ...{ alertname: "error", severity: "critical", host: "toys", service: "toys/echo" },
        source: "signalbox",
      },
      annotations: { summary: "echo is in Error for 5 min", signalbox_alert: "alert-1" },
      startsAt: "2026-11-28T05:05:00.123456Z",
      generatorURL: `${base}/services/toys/echo`,
    });
    expect(alert.labels).not.toHaveProperty("group");
    expect(Date.parse(alert.endsAt) * 1_000 - at).toBe(900_000_000);
    expect(alertsOf(renewalPost(am, [alertOf()], base, at))).toEqual([alert]);
  });

  test("knows an alert about a group by the group, on whatever host it was written", () => {
    const group = alertOf({ service: null, group: "validators", rule: "quorum-lost" });
    const [alert] = alertsOf(renewalPost(am, [group], base, at));
    const labels = {
      alertname: "quorum-lost",
      severity: "critical",
      group: "validators",
      source: "signalbox",
    };
    expect(alert.labels).toEqual(labels);
  });

  test("is told the end under the same labels, once for each alert, never before the start", () => {
    const [over, ...rest] = alertsOf(alertmanagerPost(am, deliveryOf(tellingOf(), overTelling), base, at));
    expect(rest).toEqual([]);
    expect(over.endsAt).toBe("2026-11-28T05:12:00.123456Z");
    expect(over.labels).toEqual(alertsOf(alertmanagerPost(am, deliveryOf(), base, at))[0].labels);
    const early = { ...overTelling, at: "2026-11-28T04:00:00.000000Z" };
    expect(alertsOf(alertmanagerPost(am, deliveryOf(early), base, at))[0].endsAt).toBe(over.startsAt);
  });
});
