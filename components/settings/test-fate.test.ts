import { expect, test } from "vitest";
import type { Channel } from "@/lib/wire/alert";
import { testFate } from "./test-fate";

const at = (second: number) => `2026-11-23T08:00:0${second}.000000Z`;
const before: Channel = {
  name: "ops",
  kind: "webhook",
  target: "hooks.example.net",
  waiting: 0,
  givenUp: 0,
  lastSentAt: at(1),
  lastErrorAt: at(0),
  lastError: "It answered 500.",
};

test("what a channel did before the test says nothing of the test", () => {
  expect(testFate(before, { ...before, waiting: 1 })).toEqual({ tag: "queued" });
});

test("a test is sent when the channel has sent something since", () => {
  expect(testFate(before, { ...before, lastSentAt: at(4) })).toEqual({ tag: "sent", at: at(4) });
});

test("a test that fails says why, until something goes through again", () => {
  const failed = { ...before, lastErrorAt: at(3), lastError: "It did not answer within 10 s." };
  expect(testFate(before, failed)).toEqual({ tag: "failed", why: "It did not answer within 10 s." });
  expect(testFate(before, { ...failed, lastSentAt: at(5) }).tag).toBe("sent");
});
