import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HealthConfig } from "../config/fleet";
import type { Observation } from "../machine/observation";
import type { HttpFinding } from "./ask-http";
import type { ApplicationFact, Asked, Judged } from "./contract";
import { type HttpMemory, httpRules } from "./http-rules";

const config: HealthConfig = {
  http: "http://127.0.0.1/health",
  from: "here",
  everyMs: 5_000,
  timeoutMs: 5_000,
  failures: 3,
  text: null,
  json: null,
  tlsWarnMs: 0,
};

const second = 1_000_000;
const good: Asked<HttpFinding> = {
  tag: "answered",
  answer: { isGood: true, says: "HTTP 200", warning: null },
};
const bad: Asked<HttpFinding> = {
  tag: "answered",
  answer: { isGood: false, says: "HTTP 503", warning: null },
};
const refused: Asked<HttpFinding> = { tag: "failed", failure: "refused", why: "connection refused" };
const denied: Asked<HttpFinding> = { tag: "failed", failure: "denied", why: "nobody can ask" };

function process(state: string, at: number): ApplicationFact<HttpFinding> {
  const observation: Observation = {
    state,
    at,
    observedAt: at,
    bootId: null,
    monotonic: null,
    cause: { kind: "unknown", detail: "" },
    evidence: {},
    source: "signal",
    sourceKey: `${state} ${at}`,
  };
  return { tag: "process", observation };
}

const ask = (asked: Asked<HttpFinding>, at: number, failures = 0): ApplicationFact<HttpFinding> => ({
  tag: "asked",
  asked,
  at,
  failures,
});

function play(facts: readonly ApplicationFact<HttpFinding>[], more: Partial<HealthConfig> = {}) {
  const rules = httpRules({ ...config, ...more });
  const steps: Judged<HttpMemory>[] = [];
  let memory = rules.begin(null, null);
  for (const fact of facts) {
    const step = rules.take(memory, fact);
    steps.push(step);
    memory = step.memory;
  }
  return { rules, memory, steps, told: steps.at(-1)?.told ?? null };
}

const day = 86_400 * second;

describe("a service with a health check", () => {
  test("is asked while its process is up, in quick succession until it is well", () => {
    const isAsked = (...facts: ApplicationFact<HttpFinding>[]) => {
      const { rules, memory } = play(facts);
      return [rules.isAsked(memory), rules.isAwaited(memory)];
    };
    expect(isAsked()).toEqual([false, false]);
    expect(isAsked(process("Stopped", 1))).toEqual([false, false]);
    expect(isAsked(process("Starting", 1))).toEqual([true, true]);
    expect(isAsked(process("Running", 1), ask(good, 2))).toEqual([true, false]);
    expect(isAsked(process("Running", 1), ask(good, 2), process("Restarting", 3))).toEqual([false, false]);
  });

  test("says what it answers, and which verifications nobody makes", () => {
    const { told } = play([process("Running", day), ask(good, day + second)], {
      http: "https://192.0.2.7:8443/health?token=hunter2",
    });
    expect(told).toMatchObject({
      health: { status: "ok", detail: "HTTP 200" },
      application: { says: "HTTP 200", asked: "https://192.0.2.7:8443/health", disagreement: null },
    });
    expect(told?.application.checks.map(({ what, result }) => `${what}: ${result}`)).toEqual([
      "Health check endpoint responding: yes",
      "Service logs showing normal operation: unknown",
      "Metrics indicating activity: unknown",
    ]);
    expect(JSON.stringify(told)).not.toContain("hunter2");
  });

  test("whose answer is bad is failing at once, and disagrees with its process", () => {
    const { told } = play([process("Running", day), ask(good, day + second), ask(bad, day + 2 * second)]);
    expect(told).toMatchObject({
      health: { status: "failing", detail: "HTTP 503" },
      application: { disagreement: { what: "the process runs and its health check fails: HTTP 503" } },
    });
    expect(told?.application.disagreement?.since).toBe("1970-01-02T00:00:02.000000Z");
  });

  test("that gives no answer is believed to fail after as many as the configuration says", () => {
    const facts = [process("Running", day), ask(good, day + second)];
    const failing = [1, 2, 3].map((count) => ask(refused, day + (1 + count) * second, count));
    const health = (count: number) => play([...facts, ...failing.slice(0, count)]).told?.health.status;
    expect([1, 2, 3].map(health)).toEqual(["ok", "ok", "failing"]);
    expect(play([...facts, ...failing]).told?.application.checks[0]).toMatchObject({
      result: "no",
      detail: "connection refused",
    });
  });

  test("in its first start is not failing because nobody listens yet; after two minutes it is", () => {
    const facts = [process("Starting", day), process("Running", day + second)];
    const early = play([...facts, ask(refused, day + 100 * second, 20)]);
    expect(early.told?.health).toEqual({ status: "unknown", detail: "no answer yet: connection refused" });
    expect(early.told?.application.disagreement).toBeNull();
    expect(early.steps.at(-1)?.wakeAt).toBe(day + 121 * second);
    const later = play([
      ...facts,
      ask(refused, day + 100 * second, 20),
      { tag: "tick", at: day + 121 * second },
    ]);
    expect(later.told?.health.status).toBe("failing");
    expect(later.told?.application.disagreement?.since).toBe("1970-01-02T00:02:01.000000Z");
    expect(later.steps.at(-1)?.wakeAt).toBeNull();
  });

  test("of which history says that it has run for long is failing once that is believed", () => {
    const rules = httpRules(config);
    const begun = rules.begin("Running", day);
    const at = day + 3_600 * second;
    const once = rules.take(begun, ask(refused, at, 1));
    expect(once.told?.health.status).toBe("unknown");
    const thrice = rules.take(once.memory, ask(refused, at + second, 3));
    expect(thrice.told?.health.status).toBe("failing");
  });

  test("that cannot be asked has unknown health, with the option that mends it", () => {
    const mended = { ...denied, mend: "Give the host a via." };
    const { told } = play([process("Running", day), ask(good, day), ask(mended, day + second, 1)]);
    expect(told?.health).toEqual({ status: "unknown", detail: "nobody can ask" });
    expect(told?.application.checks[0]).toMatchObject({
      result: "unknown",
      detail: "nobody can ask. Give the host a via.",
    });
  });

  test("is warned of a certificate that ends soon, and is well all the same", () => {
    const soon: Asked<HttpFinding> = {
      tag: "answered",
      answer: { isGood: true, says: "HTTP 200", warning: "its certificate ends in 3 d" },
    };
    const { told } = play([process("Running", day), ask(soon, day + second)]);
    expect([told?.health.status, told?.application.warning]).toEqual(["ok", "its certificate ends in 3 d"]);
  });

  test("moves as its process does and in no other way, and nothing of an earlier run is said of a later one", () => {
    const states = ["Stopped", "Starting", "Running", "Stopping", "Restarting", "Error"];
    const fact = fc.oneof(
      fc.constantFrom(...states).map((state) => (at: number) => process(state, at)),
      fc.constantFrom(good, bad, refused, denied).map((asked) => (at: number) => ask(asked, at, 3)),
      fc.constant((at: number): ApplicationFact<HttpFinding> => ({ tag: "tick", at })),
      fc.constant((at: number): ApplicationFact<HttpFinding> => ({ tag: "log", text: "x", at })),
    );
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 40 }), (makers) => {
        const facts = makers.map((make, index) => make(day + index * 30 * second));
        const { steps } = play(facts);
        let isUp = false;
        let wasGood = false;
        let before = "";
        for (const [index, { moves, told }] of steps.entries()) {
          const taken = facts[index];
          if (taken?.tag === "process") {
            expect(moves).toEqual([{ tag: "process", observation: taken.observation }]);
            const { state } = taken.observation;
            const up = state === "Running" || state === "Starting";
            wasGood = wasGood && isUp && up && !(before === "Running" && state === "Starting");
            isUp = up;
            before = state;
          } else expect(moves).toEqual([]);
          if (taken?.tag === "asked" && isUp) wasGood ||= taken.asked === good;
          expect(told === null).toBe(!isUp);
          if (told?.health.status === "ok") expect(wasGood).toBe(true);
          if (told?.application.disagreement) expect(told.health.status).toBe("failing");
        }
      }),
      { numRuns: 300 },
    );
  });
});
