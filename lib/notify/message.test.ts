import { describe, expect, test } from "vitest";
import { letterOf, linkTo, messageOf } from "./message";
import { alertOf, base, deliveryOf, overTelling, tellingOf, testTelling } from "./test-telling";

describe("a message says what, since when, why, what to do, and leads to the page", () => {
  test("of an alert that fired", () => {
    const telling = tellingOf({ runbook: "https://wiki.example.net/echo" });
    expect(messageOf(telling, base)).toEqual({
      mood: "critical",
      title: "[critical] echo is in Error for 5 min",
      facts: [
        { label: "Since", text: "2026-11-28 05:00:00 UTC" },
        { label: "Why", text: "It exited with code 3." },
        { label: "To do", text: "Read its log, mend what it says, and restart it." },
      ],
      links: [
        { label: "Service", text: "https://box.example.net/services/toys/echo" },
        { label: "Runbook", text: "https://wiki.example.net/echo" },
      ],
    });
  });

  test("of one that still holds after a silence", () => {
    const { mood, facts } = messageOf(tellingOf({ what: "unsilenced" }), base);
    expect(mood).toBe("critical");
    expect(facts.at(-1)?.text).toBe("The silence ended at 2026-11-28 05:05:00 UTC, and it still holds.");
  });

  test("of one that somebody took on", () => {
    const telling = tellingOf({ what: "acknowledged", actor: "night shift", note: "looking" });
    const { title, facts } = messageOf(telling, base);
    expect(title).toBe("[acknowledged] echo is in Error for 5 min");
    expect(facts[0]).toEqual({
      label: "Taken on by",
      text: "night shift, at 2026-11-28 05:05:00 UTC: looking",
    });
  });

  test("of one that is over", () => {
    expect(messageOf(overTelling, base)).toMatchObject({
      mood: "resolved",
      title: "[resolved] echo is in Error for 5 min",
      facts: [
        { label: "Since", text: "2026-11-28 05:00:00 UTC" },
        { label: "Over since", text: "2026-11-28 05:12:00 UTC" },
        { label: "Lasted", text: "12 min" },
        { label: "Because", text: "It is Running again." },
      ],
    });
  });

  test("of a test", () => {
    expect(messageOf(testTelling, base)).toMatchObject({
      title: "[test] Signalbox reaches this channel",
      links: [{ text: "https://box.example.net/settings" }],
    });
  });
});

test("what a summary is about stands in front unless it says so itself", () => {
  const title = (changes: object) => messageOf(tellingOf({ alert: alertOf(changes) }), base).title;
  expect(title({ summary: "In Error for 5 min" })).toBe("[critical] toys/echo: In Error for 5 min");
  expect(title({ service: null, summary: "Out of contact" })).toBe("[critical] toys: Out of contact");
  expect(title({ service: null, group: "edge", summary: "1 of 3 run" })).toBe("[critical] edge: 1 of 3 run");
});

test("an alert about a group is said of the group", () => {
  const summary = "edge has had no quorum for 10 s: the chain stands still.";
  const { title, links } = messageOf(
    tellingOf({ alert: alertOf({ service: null, group: "edge", summary }) }),
    base,
  );
  expect(title).toBe(`[critical] ${summary.replace(/\.$/, "")}`);
  expect(links).toEqual([{ label: "Group", text: `${base}/groups/edge` }]);
});

test("links lead to the service, the host or the group, whatever the name", () => {
  const link = (changes: object) => linkTo(alertOf(changes), base);
  expect(link({ service: "toys/a@b\\x2d" })).toBe(`${base}/services/toys/a%40b%5Cx2d`);
  expect(link({ service: null })).toBe(`${base}/hosts`);
  expect(link({ service: null, group: "a & b" })).toBe(`${base}/groups/a%20%26%20b`);
});

test("a service's words stay on one line, in one direction, and within bounds", () => {
  const why = `a\r\nSubject: x\u0000\u202eb\u2028c ${"x".repeat(5_000)}\ud83d`;
  const text = messageOf(tellingOf({ alert: alertOf({ why, summary: why }) }), base);
  for (const said of [text.title, text.facts[1]?.text ?? ""]) {
    expect(said).not.toMatch(/[\r\n\0\u202e\u2028]/);
    expect(said).toContain("a Subject: x b c x");
    expect(said.length).toBeLessThanOrEqual(1_100);
    expect(said.isWellFormed()).toBe(true);
  }
});

test("several in one delivery are counted by how they are to be looked at", () => {
  const warning = tellingOf({ alert: alertOf({ severity: "warning" }) });
  const { title, messages } = letterOf(deliveryOf(tellingOf(), warning, warning, overTelling), base);
  expect(title).toBe("4 messages: 1 critical, 2 warning, 1 resolved");
  expect(messages).toHaveLength(4);
});
