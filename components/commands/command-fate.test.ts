import { expect, test } from "vitest";
import { aCommand, aService } from "../live/examples";
import { type Attempt, fateOf } from "./command-fate";

const none: Attempt = { tag: "none" };
const asked = "2026-11-23T08:10:00.000000Z";
const settled = "2026-11-23T08:10:09.000000Z";
const soon = Date.parse("2026-11-23T08:10:10.000Z");

test("a refusal is told in its own words", () => {
  const reason = "Stop is possible in Running; this is Stopped.";
  expect(fateOf({ tag: "refused", event: "stop", reason, at: soon }, null, aService(), soon)?.line).toBe(
    reason,
  );
});

test.each([
  ["asked, before anybody took it", aCommand({ requestedAt: asked }), "Running", "asked…"],
  [
    "accepted, while nothing moved yet",
    aCommand({ requestedAt: asked, status: "accepted" }),
    "Running",
    "accepted…",
  ],
])("a command is %s", (_, command, state, line) => {
  const service = aService({ state, since: "2026-11-23T08:00:00.000000Z" });
  expect(fateOf(none, command, service, soon)?.line).toBe(line);
});

test("reaching the target is not yet success", () => {
  const command = aCommand({
    requestedAt: asked,
    status: "accepted",
    reachedAt: "2026-11-23T08:10:04.000000Z",
  });
  const service = aService({ state: "Stopped", since: "2026-11-23T08:10:04.000000Z" });
  expect(fateOf(none, command, service, soon)).toMatchObject({
    tone: "busy",
    line: "Stopped, being held",
    step: 3,
  });
});

test("proven is said for a while, or until the service moves on, and then no more", () => {
  const command = aCommand({ requestedAt: asked, status: "proven", settledAt: settled });
  const service = aService({ state: "Stopped", since: "2026-11-23T08:10:04.000000Z" });
  expect(fateOf(none, command, service, soon)).toMatchObject({ tone: "good", line: "Stopped and held" });
  expect(fateOf(none, command, service, soon + 60_000)).toBeNull();
  const moved = aService({ state: "Error", since: "2026-11-23T08:10:09.500000Z" });
  expect(fateOf(none, command, moved, soon)).toBeNull();
});

test("a failure stays until the service moves on", () => {
  const command = aCommand({
    requestedAt: asked,
    status: "failed",
    settledAt: settled,
    detail: "it did not end within 10 s",
  });
  const still = aService({ state: "Error", since: "2026-11-23T08:10:08.000000Z" });
  expect(fateOf(none, command, still, soon + 3_600_000)?.line).toBe("failed: it did not end within 10 s");
  const moved = aService({ state: "Starting", since: "2026-11-23T08:10:20.000000Z" });
  expect(fateOf(none, command, moved, soon + 60_000)).toBeNull();
});
