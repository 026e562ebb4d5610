import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Asked, Asking, Probe } from "./contract";
import { type AskingFor, type KeptAsking, keepAsking } from "./keep-asking";

const often: Asking = { everyMs: 20, timeoutMs: 20, failures: 3 };
const seldom: Asking = { everyMs: 3_600_000, timeoutMs: 20, failures: 3 };
const answered: Asked<string> = { tag: "answered", answer: "well" };

interface Plan {
  readonly asking?: Asking;
  readonly ask: (signal: AbortSignal) => Promise<Asked<string>>;
  readonly onAsked?: (kept: KeptAsking) => void;
}

/** Keeps asking, and tells what was asked and told, until the test is over. */
function keep({ asking = often, ask, onAsked = () => undefined }: Plan) {
  const told: { asked: Asked<string>; failures: number }[] = [];
  const wishes = { isWanted: true, isAwaited: false };
  let questions = 0;
  let underWay = 0;
  let mostUnderWay = 0;
  const probe: Probe<string> = {
    ask: async (signal) => {
      questions++;
      underWay++;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      try {
        return await ask(signal);
      } finally {
        underWay--;
      }
    },
    close: () => undefined,
  };
  const on: AskingFor<string> = {
    isWanted: () => wishes.isWanted,
    isAwaited: () => wishes.isAwaited,
    onAsked: (asked, failures) => {
      told.push({ asked, failures });
      onAsked(kept);
    },
  };
  const kept: KeptAsking = keepAsking(probe, asking, on);
  onTestFinished(() => kept.close());
  return { kept, told, wishes, questions: () => questions, mostUnderWay: () => mostUnderWay };
}

const hangs = () => new Promise<Asked<string>>(() => undefined);

test("a probe is asked again and again, and failures in a row are counted", async () => {
  let count = 0;
  const { told } = keep({
    ask: async () => (++count % 3 === 0 ? answered : { tag: "failed", failure: "refused", why: "closed" }),
  });
  await expect.poll(() => told.length).toBeGreaterThan(6);
  expect(told.slice(0, 6).map(({ failures }) => failures)).toEqual([1, 2, 0, 1, 2, 0]);
});

test("a probe that hangs and ignores its signal counts as failed, is not asked twice at once, and not waited for for ever", async () => {
  const askedSoFar: number[] = [];
  const { told, questions, mostUnderWay } = keep({ ask: hangs, onAsked: () => askedSoFar.push(questions()) });
  await expect.poll(() => told.length).toBeGreaterThanOrEqual(2);
  expect(askedSoFar.slice(0, 2)).toEqual([1, 1]);
  expect(told.slice(0, 2)).toEqual([
    { asked: { tag: "failed", failure: "silent", why: "no answer within 20 ms" }, failures: 1 },
    { asked: { tag: "failed", failure: "silent", why: "no answer within 20 ms" }, failures: 2 },
  ]);
  // A question that is given up for good makes room for the next.
  await expect.poll(questions).toBeGreaterThanOrEqual(2);
  expect(mostUnderWay()).toBe(questions());
});

test("what comes back after it was given up is not told", async () => {
  const { told, questions } = keep({
    asking: { ...often, everyMs: 2_000 },
    ask: async () => {
      await pause(600);
      return answered;
    },
  });
  await expect.poll(questions, { timeout: 10_000 }).toBe(2);
  expect(told.map(({ asked }) => asked.tag)).toEqual(["failed"]);
});

test("a probe that rejects is a failure in its words, and asked again", async () => {
  const { told } = keep({ ask: () => Promise.reject(new Error("broken")) });
  await expect.poll(() => told.length).toBeGreaterThan(1);
  expect(told[1]).toEqual({
    asked: { tag: "failed", failure: "unreachable", why: "broken" },
    failures: 2,
  });
});

test("what is not wanted is not asked, until it is again", async () => {
  const { kept, told, wishes, questions } = keep({ ask: async () => answered });
  await expect.poll(() => told.length).toBeGreaterThan(0);
  wishes.isWanted = false;
  kept.wake();
  const until = questions();
  await pause(200);
  expect(questions()).toBe(until);
  wishes.isWanted = true;
  kept.wake();
  await expect.poll(questions).toBeGreaterThan(until);
});

test("a question is aborted when it is not wanted any more, and its answer is not told", async () => {
  let signalled: AbortSignal | null = null;
  let answer: (asked: Asked<string>) => void = () => undefined;
  const { kept, told, wishes } = keep({
    asking: { ...often, timeoutMs: 60_000 },
    ask: (signal) => {
      signalled = signal;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  });
  await expect.poll(() => signalled).not.toBeNull();
  wishes.isWanted = false;
  kept.wake();
  expect((signalled as AbortSignal | null)?.aborted).toBe(true);
  answer(answered);
  await pause(50);
  expect(told).toEqual([]);
});

test("an answer that is awaited is asked for in quick succession, whatever the period", async () => {
  const { kept, told, wishes } = keep({ asking: seldom, ask: async () => answered });
  await pause(50);
  expect(told).toEqual([]);
  wishes.isAwaited = true;
  kept.wake();
  await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
  wishes.isAwaited = false;
  const until = told.length + 1;
  await pause(300);
  expect(told.length).toBeLessThanOrEqual(until);
});

test("nothing is told after it was closed, not even from within what it tells", async () => {
  const { told } = keep({ ask: async () => answered, onAsked: (kept) => kept.close() });
  await expect.poll(() => told.length).toBe(1);
  await pause(100);
  expect(told).toHaveLength(1);
});

test("one that hangs delays none of hundreds of others", async () => {
  const asking: Asking = { everyMs: 500, timeoutMs: 60_000, failures: 3 };
  const stuck = keep({ asking, ask: hangs });
  const others = Array.from({ length: 300 }, () => keep({ asking, ask: async () => answered }));
  await expect.poll(() => others.every(({ told }) => told.length >= 3), { timeout: 30_000 }).toBe(true);
  expect(stuck.told).toEqual([]);
});
