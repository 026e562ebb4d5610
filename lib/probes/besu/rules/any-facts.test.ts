import fc from "fast-check";
import { expect, test } from "vitest";
import { besu } from "../../../machine/kinds/besu";
import type { Failure } from "../../contract";
import { type BesuAnswer, known, unknown } from "../besu-answer";
import {
  answered,
  type BesuFact,
  BesuStory,
  failedAsking,
  logged,
  processFact,
  second,
  tick,
} from "../testing/besu-story";
import { hasSpoken } from "./besu-memory";
import type { BesuSettings } from "./besu-settings";

/** Whatever the facts, and in whatever order: what the rules may never do. */

const said = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof(
    { weight: 4, arbitrary: value.map(known) },
    { weight: 1, arbitrary: fc.constant(unknown("not enabled")) },
  );
const address = `0x${"1".repeat(40)}`;
const chain = said(
  fc.record({
    validators: fc.constantFrom([address], [address, `0x${"2".repeat(40)}`], []),
    proposed: said(fc.constantFrom([], [{ address, last: 1000 }], [{ address, last: null }])),
    head: fc.record({ height: fc.integer({ min: 0, max: 1100 }), at: fc.constant(null) }),
    by: fc.constantFrom(null, "ct102/sentry-1"),
  }),
) as fc.Arbitrary<BesuAnswer["chain"]>;
const answer: fc.Arbitrary<Partial<BesuAnswer>> = fc.record(
  {
    syncing: said(fc.constantFrom(null, null, { starting: 0, current: 5, highest: 1000 })),
    peers: said(fc.integer({ min: 0, max: 3 })),
    best: fc.constantFrom(null, 1000, 5000),
    ready: said(fc.boolean()),
    address: fc.constantFrom(null, address),
    chain,
  },
  { requiredKeys: [] },
);
const line = fc.constantFrom(
  "Imported #1000 / 0 tx",
  "Produced #1001 / 0 tx",
  "Imported #1,050 / 0 tx in 0.1s. Peers: 0",
  "Import reached block 400 (0x), 1 Mg/s, Peers: 1",
  "Stopping BFT mining coordinator while we are syncing",
  "Unable to find sync target. Currently checking 0 peers for usefulness",
  "Moved to round 5 which will expire in 320 seconds",
  "Starting Besu",
  "Ethereum main loop is up.",
  "hello",
);
const baseStates = [
  "Stopped",
  "Starting",
  "Running",
  "Running",
  "Running",
  "Stopping",
  "Restarting",
  "Error",
];
type Make = (at: number) => BesuFact;
const fact: fc.Arbitrary<Make> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom(...baseStates).map((state) => (at: number) => processFact(at, state)),
  },
  { weight: 5, arbitrary: answer.map((told) => (at: number) => answered(at, told)) },
  {
    weight: 2,
    arbitrary: fc
      .record({
        times: fc.integer({ min: 1, max: 5 }),
        why: fc.constantFrom<Failure>("refused", "silent", "denied", "nonsense"),
      })
      .map(
        ({ times, why }) =>
          (at: number) =>
            failedAsking(at, times, why, why),
      ),
  },
  { weight: 2, arbitrary: line.map((text) => (at: number) => logged(at, text)) },
  { weight: 1, arbitrary: fc.constant(tick) },
);
const story = fc.record({
  settings: fc.record<Partial<BesuSettings>>({
    rpc: fc.constantFrom("http://192.0.2.11:8545", null),
    validator: fc.boolean(),
    address: fc.constantFrom(null, address),
    minPeers: fc.integer({ min: 0, max: 2 }),
    maxHeadAgeMs: fc.constantFrom(null, 5000),
    observers: fc.constantFrom([], ["ct102/sentry-1"]),
  }),
  begins: fc.constantFrom(null, "Starting", "Syncing", "Synced", "Running", "Consensus", "Stopped", "Error"),
  facts: fc.array(fc.tuple(fact, fc.integer({ min: 0, max: 40 })), { maxLength: 40 }),
});

function factsOf(facts: readonly [Make, number][]): BesuFact[] {
  let at = 0;
  return facts.map(([make, pause]) => {
    at += pause;
    return make(at);
  });
}

const states = new Set(besu.states.map(({ name }) => name));

test("every move is one that the machine has, or claims nothing of how it came about", () => {
  fc.assert(
    fc.property(story, ({ settings, begins, facts }) => {
      const told = new BesuStory(settings, begins);
      for (const next of factsOf(facts)) {
        const { moves } = told.rules.take(told.memory, next);
        const before = told.state;
        told.take(next);
        for (const move of moves) {
          if (move.tag === "process") continue;
          expect(states).toContain(move.state);
          const isEdge = besu.transitions.some(
            ({ from, to, event }) => from === before && to === move.state && event === move.event,
          );
          expect(move.event === null || isEdge, `${before} → ${move.state} (${move.event})`).toBe(true);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("after an answer that says it syncs, has no peers or is far behind, no node is Running or Consensus", () => {
  fc.assert(
    fc.property(story, ({ settings, begins, facts }) => {
      const told = new BesuStory({ ...settings, rpc: "http://192.0.2.11:8545" }, begins);
      for (const next of factsOf(facts)) {
        told.take(next);
        if (next.tag !== "asked" || next.asked.tag !== "answered" || !told.memory.isUp) continue;
        const { syncing, peers, best, head } = next.asked.answer;
        const isBad =
          (syncing.tag === "known" && syncing.value !== null) ||
          (peers.tag === "known" && peers.value < (settings.minPeers ?? 1)) ||
          (best !== null && head.tag === "known" && best - head.value.height > 2);
        if (isBad) expect(told.state).toBe("Syncing");
      }
    }),
    { numRuns: 500 },
  );
});

test("after an answer with a head older than the configured age, no node is Running or Consensus", () => {
  fc.assert(
    fc.property(story, fc.integer({ min: 6, max: 1000 }), ({ settings, begins, facts }, age) => {
      const told = new BesuStory({ ...settings, rpc: "http://192.0.2.11:8545", maxHeadAgeMs: 5000 }, begins);
      const all = factsOf(facts);
      told.takeAll(all);
      const at = 40 * all.length + 2000;
      const head = known({ height: 7, at: second(at - age) });
      told.take(answered(at, { head }));
      if (told.memory.isUp) expect(told.state).toBe("Syncing");
    }),
    { numRuns: 300 },
  );
});

test("an asking that fails, and time, move nothing of a node that is asked and has spoken", () => {
  fc.assert(
    fc.property(story, ({ settings, begins, facts }) => {
      const told = new BesuStory({ ...settings, rpc: "http://192.0.2.11:8545" }, begins);
      for (const next of factsOf(facts)) {
        const before = told.state;
        const rows = told.take(next);
        const isSilent = next.tag === "tick" || (next.tag === "asked" && next.asked.tag === "failed");
        if (isSilent && hasSpoken(before)) expect(rows).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

test("the same facts give the same rows in the order of time, and the memory is plain data", () => {
  fc.assert(
    fc.property(story, ({ settings, begins, facts }) => {
      const [one, other] = [new BesuStory(settings, begins), new BesuStory(settings, begins)];
      for (const next of factsOf(facts)) {
        expect(one.take(next)).toEqual(other.take(next));
        expect(one.told).toEqual(other.told);
        expect(JSON.parse(JSON.stringify(one.memory))).toEqual(JSON.parse(JSON.stringify(other.memory)));
        other.memory = structuredClone(other.memory);
        expect(one.told === null).toBe(!one.memory.isUp);
        expect(one.memory.state ?? begins).toBe(one.state ?? begins);
      }
      const instants = one.rows.map(({ at }) => at);
      expect(instants).toEqual([...instants].sort((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});
