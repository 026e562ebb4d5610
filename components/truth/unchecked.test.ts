import { expect, test } from "vitest";
import { besu } from "@/lib/machine/kinds/besu";
import { service } from "@/lib/machine/kinds/service";
import { aService } from "../live/examples";
import { silenceOf } from "./unchecked";

const unknown = { status: "unknown", detail: "no health check" } as const;

test("without a health check none of the specification's verifications of Running is claimed", () => {
  expect(silenceOf(aService({ health: unknown }), service)).toEqual({
    tag: "unchecked",
    checks: [
      { what: "Health check endpoint responding", result: "unknown", detail: "" },
      { what: "Service logs showing normal operation", result: "unknown", detail: "" },
      { what: "Metrics indicating activity", result: "unknown", detail: "" },
    ],
  });
});

test("a health check that its platform makes answers for itself alone", () => {
  const failing = { status: "failing", detail: "answered 500" } as const;
  const silence = silenceOf(aService({ health: failing }), service);
  expect(silence).toMatchObject({ tag: "health" });
  expect("checks" in silence && silence.checks.map(({ result }) => result)).toEqual([
    "no",
    "unknown",
    "unknown",
  ]);
});

test("where nothing runs there is nobody to ask, and a node that has not answered yet is no unchecked one", () => {
  expect(silenceOf(aService({ state: "Stopped", health: unknown }), service)).toEqual({ tag: "nobody" });
  expect(silenceOf(aService({ kind: "besu", health: unknown }), besu)).toEqual({ tag: "not-yet" });
});
