import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { service } from "../../machine/kinds/service";
import type { Observation } from "../../machine/observation";
import { type FactBody, type ProcessFact, stopPurposes, type Trigger } from "./facts";
import { interpret } from "./interpret";
import { type Memory, noMemory } from "./memory";

const operator: Trigger = { tag: "operator", actor: "anna", commandId: "c1" };

/** Tells facts one after the other, a second apart, and returns what was observed. */
function tell(bodies: readonly (FactBody & { invocation?: string })[]): {
  observations: Observation[];
  memory: Memory;
} {
  let memory = noMemory;
  const observations: Observation[] = [];
  bodies.forEach((body, index) => {
    const seconds = (index + 1) * 1_000_000;
    const stamp = { service: "web", at: seconds, monotonic: seconds, bootId: "boot", invocation: "one" };
    const step = interpret(memory, { ...stamp, ...body } as ProcessFact);
    memory = step.memory;
    observations.push(...step.observations);
  });
  return { observations, memory };
}

const opened: FactBody = { tag: "opened", state: "Stopped", probed: false };
const begun: FactBody = { tag: "start-begun", trigger: operator, oneshot: false, probed: false };
const spawned: FactBody = { tag: "spawned", pid: 7, startTime: "1" };
const ready: FactBody = { tag: "ready", by: "settled", detail: "it has run for 1 s" };
const exit = (code: number | null, signal: string | null = null): FactBody => ({
  tag: "exited",
  code,
  signal,
  runtimeMs: 5,
  leftOvers: [],
  log: [],
});
const cleared: FactBody = { tag: "cleared", leftOvers: [] };

describe("moves", () => {
  test("are dated at the fact that brought them, and named by boot, start, edge and ordinal", () => {
    const { observations } = tell([opened, begun, spawned, ready]);
    expect(observations).toMatchObject([
      { state: "Starting", at: 2_000_000, monotonic: 2_000_000, sourceKey: "boot:one:Stopped>Starting:1" },
      { state: "Running", at: 4_000_000, bootId: "boot", sourceKey: "boot:one:Starting>Running:2" },
    ]);
  });

  test("of the same edge in another start have another name", () => {
    const again = { ...begun, invocation: "two" } as const;
    const { observations } = tell([opened, begun, { tag: "spawn-failed", error: "no" }, again]);
    expect(observations.map(({ sourceKey }) => sourceKey)).toEqual([
      "boot:one:Stopped>Starting:1",
      "boot:one:Starting>Error:2",
      "boot:two:Error>Starting:1",
    ]);
  });

  test("wait in a stop for all that a process left behind", () => {
    const stop: FactBody = { tag: "stop-begun", trigger: operator, purpose: "stop" };
    const before = tell([opened, begun, spawned, ready, stop, exit(0)]);
    expect(before.observations.at(-1)?.state).toBe("Stopping");
    const after = tell([opened, begun, spawned, ready, stop, exit(0), cleared]);
    expect(after.observations.at(-1)).toMatchObject({
      state: "Stopped",
      cause: { kind: "operator", detail: "stopped by anna: exited with code 0" },
    });
  });

  test("a state of another kind of machine counts as Running", () => {
    const { observations } = tell([
      { tag: "opened", state: "Syncing", probed: false },
      { tag: "found-nothing", rebooted: false },
    ]);
    expect(observations).toMatchObject([{ state: "Stopped", event: null, cause: { kind: "unknown" } }]);
  });

  test("a stop during the stop of a late start is what the operator asked for", () => {
    const { observations } = tell([
      opened,
      begun,
      spawned,
      { tag: "start-timed-out", limitMs: 60_000, detail: "" },
      { tag: "stop-begun", trigger: operator, purpose: "start-deadline" },
      { tag: "stop-begun", trigger: operator, purpose: "stop" },
      exit(null, "SIGTERM"),
      cleared,
    ]);
    expect(observations.map(({ state, event }) => `${event}>${state}`)).toEqual([
      "start>Starting",
      "stop>Stopping",
      "stopped successfully>Stopped",
    ]);
  });

  test("a late start that had to be killed says both", () => {
    const { observations } = tell([
      opened,
      begun,
      spawned,
      { tag: "start-timed-out", limitMs: 60_000, detail: "HTTP 503" },
      { tag: "stop-begun", trigger: operator, purpose: "start-deadline" },
      { tag: "stop-timed-out", limitMs: 10_000, hurried: false },
      exit(null, "SIGKILL"),
      cleared,
    ]);
    expect(observations.at(-1)).toMatchObject({
      event: "initialization failed",
      cause: {
        kind: "service-manager",
        detail: "not ready within 1 min: HTTP 503; it did not end within 10 s of SIGTERM; killed",
      },
    });
  });
});

const nat = fc.nat(5_000);
const text = fc.constantFrom("x", "HTTP 503");
const trigger = fc.oneof(
  fc.constant(operator),
  fc.record({
    tag: fc.constant("automatic-restart" as const),
    attempt: nat,
    max: fc.option(nat),
  }),
  fc.constantFrom(
    ...(["autostart", "resumed", "signalbox-ending", "left-over", "unconfigured"] as const).map((tag) => ({
      tag,
    })),
  ),
);
const leftOver = fc.record({ pid: nat, startTime: text, command: text });
const leftOvers = fc.array(leftOver, { maxLength: 2 });
const of = <Tag extends FactBody["tag"], Rest>(tag: Tag, rest: fc.Arbitrary<Rest>) =>
  rest.map((value) => ({ tag, ...value })) as unknown as fc.Arbitrary<FactBody>;
const factBody: fc.Arbitrary<FactBody> = fc.oneof(
  of(
    "opened",
    fc.record({
      state: fc.constantFrom(null, "Stopped", "Running", "Error", "Restarting", "Syncing", "?"),
      probed: fc.boolean(),
    }),
  ),
  of("found-nothing", fc.record({ rebooted: fc.boolean() })),
  of(
    "found-left-over",
    fc.record({ processes: leftOvers, begun: fc.option(fc.record({ at: nat, monotonic: nat, pid: nat })) }),
  ),
  of("start-begun", fc.record({ trigger, oneshot: fc.boolean(), probed: fc.boolean() })),
  of("waiting-for", fc.record({ services: fc.array(text) })),
  of("spawned", fc.record({ pid: nat, startTime: text })),
  of("spawn-failed", fc.record({ error: text })),
  of("ready", fc.record({ by: fc.constantFrom("health", "settled"), detail: text })),
  of("start-timed-out", fc.record({ limitMs: nat, detail: text })),
  of("stop-begun", fc.record({ trigger, purpose: fc.constantFrom(...stopPurposes) })),
  of("stop-timed-out", fc.record({ limitMs: nat, hurried: fc.boolean() })),
  fc.constant<FactBody>({ tag: "nothing-to-stop" }),
  of(
    "exited",
    fc.record({
      code: fc.constantFrom(0, 1, 143, null),
      signal: fc.constantFrom(null, "SIGTERM", "SIGKILL", "SIGNEW"),
      runtimeMs: nat,
      leftOvers,
      log: fc.array(text),
    }),
  ),
  of("cleared", fc.record({ leftOvers })),
  of("restart-scheduled", fc.record({ inMs: nat, attempt: nat, max: fc.option(nat) })),
  of("restart-given-up", fc.record({ attempts: nat })),
  of("restart-cancelled", fc.record({ trigger })),
  of("reset", fc.record({ trigger })),
  of(
    "health",
    fc.record({
      health: fc.record({ status: fc.constantFrom("ok", "failing", "degraded", "unknown"), detail: text }),
    }),
  ),
);

describe("whatever facts come", () => {
  const facts = fc.array(
    fc.record({ body: factBody, invocation: fc.constantFrom("one", "two") }).map(({ body, invocation }) => ({
      ...body,
      invocation,
    })),
    { maxLength: 60 },
  );

  test("every move is an edge of the base machine, from where the service was, or claims no event", () => {
    fc.assert(
      fc.property(facts, (bodies) => {
        let memory = noMemory;
        bodies.forEach((body, index) => {
          const stamp = { service: "web", at: index, monotonic: index, bootId: "boot" };
          const before = body.tag === "opened" ? null : memory.state;
          const step = interpret(memory, { ...stamp, ...body } as ProcessFact);
          memory = step.memory;
          expect(step.observations.length).toBeLessThanOrEqual(1);
          for (const { state, event, cause } of step.observations) {
            expect(memory.state).toBe(state);
            expect(cause.detail).not.toBe("");
            if (before === null || event === null) continue;
            expect(service.transitions).toContainEqual(
              expect.objectContaining({ from: before, to: state, event }),
            );
          }
          if (step.observations.length === 0 && body.tag !== "opened") expect(memory.state).toBe(before);
        });
      }),
      { numRuns: 500 },
    );
  });

  test("a move without an event is only told of what nobody saw, or of a restart given up", () => {
    fc.assert(
      fc.property(facts, (bodies) => {
        const { observations } = tell([opened, ...bodies.filter(({ tag }) => tag !== "opened")]);
        for (const { state, event, source } of observations)
          if (event === null && source !== "snapshot") expect(state).toBe("Stopped");
      }),
    );
  });
});
