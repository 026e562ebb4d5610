import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Drive, type Fact, failed, process, ready } from "./testing/drive";

const states = ["Stopped", "Starting", "Running", "Stopping", "Restarting", "Error"] as const;
const histories = [null, ...states, "Connecting", "Connected", "Reconnecting"] as const;

type Make = (at: number) => Fact;

const anyMake: fc.Arbitrary<Make> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom(...states).map(
      (state): Make =>
        (at) =>
          process(state, at),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Make>((at) => process("Running", at)) },
  {
    weight: 6,
    arbitrary: fc.nat(4).map(
      (count): Make =>
        (at) =>
          ready(count, at),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(5).map(
      (failures): Make =>
        (at) =>
          failed(at, failures + 1),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Make>((at) => ({ tag: "tick", at })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("", "2026-11-22T22:15:35Z ERR Failed to dial a quic connection error=timeout")
      .map(
        (text): Make =>
          (at) => ({ tag: "log", text, at }),
      ),
  },
);

/** Facts a second apart, as they happened. */
const anyFacts = fc
  .array(anyMake, { maxLength: 40 })
  .map((makes) => makes.map((make, index) => make((index + 1) * 1_000_000)));

const anyRun = fc.tuple(fc.constantFrom(...histories), anyFacts);
const runs = { numRuns: 600 };

function isAnswer(fact: Fact): boolean {
  return fact.tag === "asked" && fact.asked.tag === "answered";
}

describe("any sequence of facts", () => {
  test("never shows Running, or Connected, while the newest answer was 503", () => {
    fc.assert(
      fc.property(anyRun, ([history, facts]) => {
        const drive = new Drive(history);
        let newest: number | null = null;
        for (const fact of facts) {
          drive.take(fact);
          if (fact.tag === "process" && !drive.isAsked) newest = null;
          if (fact.tag === "process" && fact.observation.state === "Starting") newest = null;
          if (isAnswer(fact) && drive.isAsked && fact.tag === "asked" && fact.asked.tag === "answered")
            newest = fact.asked.answer.status;
          if (newest === 503) expect(["Running", "Connected"]).not.toContain(drive.state);
        }
      }),
      runs,
    );
  });

  test("moves only by edges of the machine, or says that it did not see how", () => {
    fc.assert(
      fc.property(anyRun, ([history, facts]) => {
        for (const { declared, event, from } of new Drive(history).take(...facts).own)
          expect(declared || (event === null && from !== null)).toBe(true);
      }),
      runs,
    );
  });

  test("is not moved by an asking that failed, once the tunnel has spoken", () => {
    fc.assert(
      fc.property(anyRun, ([history, facts]) => {
        const drive = new Drive(history);
        let spoken = false;
        for (const fact of facts) {
          const before = drive.state;
          drive.take(fact);
          if (fact.tag === "process") spoken = spoken && fact.observation.state === "Running";
          if (fact.tag === "asked" && fact.asked.tag === "failed" && spoken) expect(drive.state).toBe(before);
          if (isAnswer(fact)) spoken = drive.isAsked;
        }
      }),
      runs,
    );
  });

  test("makes the same moves of the same facts", () => {
    fc.assert(
      fc.property(anyRun, ([history, facts]) => {
        expect(new Drive(history).take(...facts).moves).toEqual(new Drive(history).take(...facts).moves);
      }),
      runs,
    );
  });

  test("leaves rules and history in the same state", () => {
    fc.assert(
      fc.property(anyRun, ([history, facts]) => {
        const drive = new Drive(history);
        for (const fact of facts) expect(drive.take(fact).believed).toBe(drive.state);
      }),
      runs,
    );
  });

  test("tells of the application while its process is up, and only then", () => {
    fc.assert(
      fc.property(anyRun, ([history, facts]) => {
        const drive = new Drive(history);
        for (const fact of facts) {
          drive.take(fact);
          expect(drive.told !== null).toBe(drive.isAsked);
          if (!drive.isAsked) expect(drive.isAwaited).toBe(false);
        }
      }),
      runs,
    );
  });
});
