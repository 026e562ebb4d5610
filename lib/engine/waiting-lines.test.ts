import fc from "fast-check";
import { expect, test } from "vitest";
import type { LogLine } from "../wire/service";
import { WaitingLines } from "./waiting-lines";

const lineOf = (text: string): LogLine => ({ at: null, priority: 6, text, stream: "stdout" });
const textsOf = (lines: readonly LogLine[]) => lines.map(({ text }) => text);

function takeAll(waiting: WaitingLines, bytes: number): string[][] {
  const taken: string[][] = [];
  while (!waiting.isEmpty) taken.push(textsOf(waiting.take(bytes)));
  return taken;
}

test("within the budget every line comes once and in order, in chunks of about the bytes asked for", () => {
  const texts = fc.array(fc.string({ maxLength: 50 }).map((text) => text.replaceAll("\0", "")));
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 1_000 }), (given, bytes) => {
      const waiting = new WaitingLines(Number.POSITIVE_INFINITY);
      for (const text of given) waiting.push(lineOf(text));
      const taken = takeAll(waiting, bytes);
      expect(taken.flat()).toEqual(given.map((text) => text.toWellFormed()));
      for (const chunk of taken) expect(chunk.slice(0, -1).join("").length).toBeLessThan(bytes);
    }),
  );
});

test("beyond it the oldest are left out, and a line in their place says how many", () => {
  const waiting = new WaitingLines(100_000);
  for (let at = 0; at < 5_000; at++) waiting.push(lineOf(`${at} ${"x".repeat(100)}`));
  const [said = "", ...kept] = takeAll(waiting, 10_000).flat();
  expect(said).toBe(
    `… ${5_000 - kept.length} lines were left out here: the log is written faster than it can be told.`,
  );
  expect(kept.length * 164).toBeGreaterThan(90_000);
  expect(kept.join("").length).toBeLessThan(100_000);
  expect(kept.map((text) => Number.parseInt(text, 10))).toEqual(
    Array.from({ length: kept.length }, (_, at) => 5_000 - kept.length + at),
  );
  expect(waiting.isEmpty).toBe(true);
});

test("a line that is larger than the whole budget is still told", () => {
  const waiting = new WaitingLines(10);
  waiting.push(lineOf("y".repeat(1_000)));
  expect(textsOf(waiting.take(10))).toEqual(["y".repeat(1_000)]);
});
