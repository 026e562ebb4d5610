import { expect, test } from "vitest";
import { aTransition } from "../live/examples";
import { sayArrival, sayMove } from "./cause-words";

test("a person's deed is told with the person", () => {
  const cause = { kind: "operator", actor: "local operator", detail: "stop() by local operator" } as const;
  expect(sayMove(aTransition({ event: "stop", to: "Stopping", cause }))).toBe("stopped by local operator");
  expect(sayMove(aTransition({ event: "stopped successfully", to: "Stopped", cause }))).toBe(
    "stopped by local operator",
  );
  expect(sayArrival("Running", cause)).toBe("started by local operator");
});

test("what happened by itself is told in its own words", () => {
  const cause = { kind: "service", detail: "killed by SIGKILL" } as const;
  expect(sayMove(aTransition({ event: "runtime error", to: "Error", cause }))).toBe("killed by SIGKILL");
});
