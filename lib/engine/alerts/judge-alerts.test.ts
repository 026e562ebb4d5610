import { describe, expect, it } from "vitest";
import type { Condition } from "../../insight/rules/rule";
import { judgeAlerts } from "./judge-alerts";

const condition: Condition = {
  since: 10,
  stay: 10,
  afterMs: 300_000,
  seenMs: 0,
  summary: "edge/web has been in Error for 5 min.",
  why: "Exited with code 5.",
};
const firing = { id: "alert-1", since: 10, silence: null };
const ask = (found: Condition | null, isOff = false) => [
  { id: "error", isOff, condition: found, over: () => "It is Running." },
];
const never = () => false;

describe("a condition", () => {
  it("fires when it has lasted, and says before how long it still takes", () => {
    const early = judgeAlerts(ask({ ...condition, seenMs: 299_999.5 }), new Map(), never);
    expect(early).toEqual({ judgements: [], dueInUs: 500 });
    const due = judgeAlerts(ask({ ...condition, seenMs: 300_000 }), new Map(), never);
    expect(due.judgements).toEqual([
      { tag: "fire", rule: "error", condition: { ...condition, seenMs: 300_000 } },
    ]);
  });

  it("that is expected does not fire, and is not waited for", () => {
    const held = judgeAlerts(ask({ ...condition, seenMs: 300_000 }), new Map(), () => true);
    expect(held).toEqual({ judgements: [], dueInUs: null });
  });

  it("that fires already fires once", () => {
    const known = new Map([["error", firing]]);
    expect(judgeAlerts(ask({ ...condition, seenMs: 900_000 }), known, never).judgements).toEqual([]);
  });

  it("that is over resolves, with the reason", () => {
    const known = new Map([["error", firing]]);
    expect(judgeAlerts(ask(null), known, never).judgements).toMatchObject([
      { tag: "resolve", because: "It is Running." },
    ]);
    expect(judgeAlerts(ask(null, true), known, never).judgements).toMatchObject([
      { tag: "resolve", because: "The rule was switched off." },
    ]);
  });

  it("that has begun again meanwhile is another alert, with its own time to last", () => {
    const known = new Map([["error", firing]]);
    const again = { ...condition, since: 20, stay: 20, seenMs: 1_000 };
    const told = judgeAlerts(ask(again), known, never);
    expect(told.judgements).toMatchObject([{ tag: "resolve" }]);
    expect(told.dueInUs).toBe(299_000_000);
  });
});
