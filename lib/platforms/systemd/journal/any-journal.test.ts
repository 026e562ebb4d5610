import fc from "fast-check";
import { expect, test } from "vitest";
import { messageIds } from "./message-ids";
import { bootA, bootB, invocations, journalOf, moves, observed } from "./testing/entries";

const anyEntry = fc.record({
  MESSAGE_ID: fc.constantFrom(...Object.values(messageIds), ""),
  INVOCATION_ID: fc.constantFrom(...invocations, ""),
  JOB_ID: fc.constantFrom("7", "8", "9"),
  JOB_TYPE: fc.constantFrom("start", "stop", "restart", "reload", "?"),
  JOB_RESULT: fc.constantFrom("done", "failed", "dependency", "assert", "timeout", "?"),
  UNIT_RESULT: fc.constantFrom("exit-code", "signal", "timeout", "start-limit-hit", "?"),
  MESSAGE: fc.constantFrom(
    "Finished a",
    "Started a",
    "a was skipped because",
    "Start request repeated too quickly",
    "?",
  ),
  _BOOT_ID: fc.constantFrom(bootA, bootB),
  USERSPACE_USEC: fc.constantFrom("1000000", "-1", "?"),
});

test("any journal makes an unbroken chain, in the order of its instants, each move once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyEntry, fc.integer({ min: 0, max: 2_000_000 })), { maxLength: 40 }),
      fc.boolean(),
      fc.constantFrom(null, "Running", "Error", "Stopped", "Starting"),
      (steps, application, state) => {
        let now = 1_000_000;
        const entries = steps.map(([entry, later]) => {
          now += later;
          return { ...entry, AT: String(now) };
        });
        const seen = observed(journalOf(...entries), { application, state });
        const instants = seen.map(({ at }) => at);
        expect(instants).toEqual(instants.toSorted((a, b) => a - b));
        const made = moves(seen, state);
        expect(made).toHaveLength(seen.length);
        for (const [index, move] of made.entries()) expect(move.from).toBe(made[index - 1]?.to ?? state);
        if (application) expect(made.map(({ to }) => to)).not.toContain("Running");
      },
    ),
    { numRuns: 1_000 },
  );
});
