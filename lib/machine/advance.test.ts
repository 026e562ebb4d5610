import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "./advance";
import { kinds, machineOfKind } from "./kinds/machine-of-kind";
import { service } from "./kinds/service";
import type { Observation } from "./observation";
import type { Machine } from "./types";

const machines = kinds.flatMap((kind) => machineOfKind(kind) ?? []);

function observed(state: string, change: Partial<Observation> = {}): Observation {
  return {
    state,
    at: 1_700_000_000_000_000,
    observedAt: 1_700_000_000_000_900,
    bootId: "b",
    monotonic: 42,
    cause: { kind: "service", detail: "It ended." },
    evidence: { code: 1 },
    source: "signal",
    sourceKey: "key",
    ...change,
  };
}

const told = (moves: ReturnType<typeof advance>) =>
  moves.map(({ from, to, event, declared, inferred }) => ({ from, to, event, declared, inferred }));

function anyObservation(machine: Machine): fc.Arbitrary<Observation> {
  const state = fc.constantFrom(...machine.states.map(({ name }) => name));
  const word = fc.oneof(fc.constantFrom(...machine.transitions.map(({ event }) => event)), fc.string());
  return fc
    .record({
      state,
      event: fc.oneof(fc.constant(undefined), fc.constant(null), word),
      through: fc.oneof(
        fc.constant(undefined),
        fc.array(fc.record({ state, event: word }), { maxLength: 4 }),
      ),
      sourceKey: fc.uuid(),
    })
    .map(({ state, event, through, sourceKey }) =>
      observed(state, {
        sourceKey,
        ...(event === undefined ? {} : { event }),
        ...(through === undefined ? {} : { through }),
      }),
    );
}

describe.each(machines)("any sequence of observations of a $kind", (machine) => {
  const edges = new Set(machine.transitions.map(({ from, to, event }) => `${from} ${to} ${event}`));
  const joined = new Set(machine.transitions.map(({ from, to }) => `${from} ${to}`));

  it("becomes one unbroken chain that ends where the last observation says", () => {
    fc.assert(
      fc.property(fc.array(anyObservation(machine), { maxLength: 20 }), (observations) => {
        let current: { state: string | null; seq: number } = { state: null, seq: 0 };
        const keys: string[] = [];
        for (const observation of observations) {
          const moves = advance(machine, current, observation);
          for (const move of moves) {
            expect(move.from).toBe(current.state);
            expect(move.to).not.toBe(move.from);
            expect(move.seq).toBe(current.seq + 1);
            keys.push(move.sourceKey);
            current = { state: move.to, seq: move.seq };
          }
          expect(current.state).toBe(observation.state);
        }
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it("declares exactly the moves whose edge is in the table, and gives them that edge's event", () => {
    fc.assert(
      fc.property(fc.array(anyObservation(machine), { maxLength: 20 }), (observations) => {
        let current: { state: string | null; seq: number } = { state: null, seq: 0 };
        for (const observation of observations) {
          for (const move of advance(machine, current, observation)) {
            const unseen = !move.inferred && observation.event === null;
            const known = joined.has(`${move.from} ${move.to}`);
            expect(move.declared).toBe(move.from === null || (known && !unseen));
            if (move.from === null || !move.declared) expect(move.event).toBeNull();
            else expect(edges).toContain(`${move.from} ${move.to} ${move.event}`);
            current = { state: move.to, seq: move.seq };
          }
        }
      }),
    );
  });
});

describe("an observation", () => {
  it("of the state that already holds writes nothing", () => {
    expect(advance(service, { state: "Running", seq: 7 }, observed("Running"))).toEqual([]);
  });

  it("that is the first of a service writes a declared row from nowhere, without an event", () => {
    const moves = advance(service, { state: null, seq: 0 }, observed("Running", { event: "runtime error" }));
    expect(told(moves)).toEqual([
      { from: null, to: "Running", event: null, declared: true, inferred: false },
    ]);
    expect(moves[0]?.seq).toBe(1);
  });

  it("is carried into its row whole: instants, boot, cause, evidence, source and key", () => {
    const observation = observed("Error");
    const { state, ...facts } = observation;
    expect(advance(service, { state: "Running", seq: 7 }, observation)).toEqual([
      {
        ...facts,
        seq: 8,
        from: "Running",
        to: state,
        event: "runtime error",
        declared: true,
        inferred: false,
      },
    ]);
  });

  it.each([
    [undefined, "reset"],
    ["stopped", "stopped"],
    ["reset", "reset"],
    ["exited", "reset"],
  ])(
    "with the event %s, where two edges fit, is named by its own word or else the specified one",
    (event, name) => {
      const change = event === undefined ? {} : { event };
      const moves = advance(service, { state: "Error", seq: 1 }, observed("Stopped", change));
      expect(told(moves)).toEqual([
        { from: "Error", to: "Stopped", event: name, declared: true, inferred: false },
      ]);
    },
  );

  it("takes the first of two practical edges when it does not say which", () => {
    const moves = advance(service, { state: "Starting", seq: 1 }, observed("Stopped"));
    expect(moves[0]?.event).toBe("finished");
  });

  it("whose way was not seen claims no event, even where the machine has an edge", () => {
    const moves = advance(service, { state: "Running", seq: 1 }, observed("Error", { event: null }));
    expect(told(moves)).toEqual([
      { from: "Running", to: "Error", event: null, declared: false, inferred: false },
    ]);
  });

  it("of what must have happened, unseen, is recorded as inferred under its own key", () => {
    const moves = advance(service, { state: "Stopped", seq: 1 }, observed("Starting", { inferred: true }));
    expect(told(moves)).toEqual([
      { from: "Stopped", to: "Starting", event: "start", declared: true, inferred: true },
    ]);
    expect(moves[0]?.sourceKey).toBe("key");
  });

  it("of a move without an edge is recorded as it is, with no steps invented", () => {
    const moves = advance(service, { state: "Stopped", seq: 1 }, observed("Running", { event: "start" }));
    expect(told(moves)).toEqual([
      { from: "Stopped", to: "Running", event: null, declared: false, inferred: false },
    ]);
  });

  it("after a state that the machine no longer has is undeclared, not an error", () => {
    const moves = advance(service, { state: "Syncing", seq: 3 }, observed("Running"));
    expect(told(moves)).toEqual([
      { from: "Syncing", to: "Running", event: null, declared: false, inferred: false },
    ]);
  });

  it("of a state that the machine does not have is the platform's mistake, and says whose", () => {
    const wrong = () => advance(service, { state: "Running", seq: 1 }, observed("Syncing"));
    expect(wrong).toThrow(RangeError);
    expect(wrong).toThrow('the machine of kind "service" has no state "Syncing"');
    const through = [{ state: "Synced", event: "ready" }];
    expect(() => advance(service, { state: "Running", seq: 1 }, observed("Error", { through }))).toThrow(
      RangeError,
    );
  });
});

describe("what an observation passed through", () => {
  const restart = observed("Running", {
    event: "initialized successfully",
    through: [
      { state: "Restarting", event: "restart" },
      { state: "Starting", event: "restart initiated" },
    ],
  });

  it("comes first, inferred, at the same instant, with keys of its own", () => {
    const moves = advance(service, { state: "Running", seq: 4 }, restart);
    expect(told(moves)).toEqual([
      { from: "Running", to: "Restarting", event: "restart", declared: true, inferred: true },
      { from: "Restarting", to: "Starting", event: "restart initiated", declared: true, inferred: true },
      { from: "Starting", to: "Running", event: "initialized successfully", declared: true, inferred: false },
    ]);
    expect(moves.map((move) => move.sourceKey)).toEqual(["key#1", "key#2", "key"]);
    expect(moves.map((move) => move.seq)).toEqual([5, 6, 7]);
    expect(new Set(moves.map((move) => move.at)).size).toBe(1);
  });

  it("leaves out where the service already is, and the keys of the other steps stay the same", () => {
    const moves = advance(service, { state: "Restarting", seq: 4 }, restart);
    expect(moves.map(({ to, sourceKey }) => `${to} ${sourceKey}`)).toEqual(["Starting key#2", "Running key"]);
  });

  it("never takes the place of what was seen: the observed state keeps its own row", () => {
    const through = [{ state: "Error", event: "runtime error" }];
    const moves = advance(service, { state: "Running", seq: 4 }, observed("Error", { through }));
    expect(moves.map(({ to, inferred, sourceKey }) => ({ to, inferred, sourceKey }))).toEqual([
      { to: "Error", inferred: false, sourceKey: "key" },
    ]);
  });
});
