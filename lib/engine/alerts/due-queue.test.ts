import fc from "fast-check";
import { expect, it } from "vitest";
import { DueQueue } from "./due-queue";
import { SetClock } from "./testing/set-clock";

function open() {
  const clock = new SetClock();
  const rung: string[] = [];
  const start = clock.now().monotonic;
  const queue = new DueQueue(clock, (keys) => {
    for (const key of keys) rung.push(`${key} at ${(clock.now().monotonic - start) / 1000}`);
  });
  return { clock, queue, rung };
}

it("rings each key when it is due, in the order of time, with one alarm at a time", async () => {
  const { clock, queue, rung } = open();
  queue.set("late", 300_000);
  queue.set("early", 100_000);
  queue.set("between", 200_000);
  expect(clock.alarms).toBe(1);
  await clock.pass(1_000);
  expect(rung).toEqual(["early at 100", "between at 200", "late at 300"]);
  expect(clock.alarms).toBe(0);
});

it("setting a key again replaces its time, and null calls it off", async () => {
  const { clock, queue, rung } = open();
  queue.set("a", 100_000);
  queue.set("b", 150_000);
  queue.set("a", 500_000);
  queue.set("b", null);
  await clock.pass(1_000);
  expect(rung).toEqual(["a at 500"]);
});

it("what is due later than a timer can hold rings at its time all the same", async () => {
  const { clock, queue, rung } = open();
  const days = 24 * 3_600_000 * 60;
  queue.set("far", days * 1000);
  await clock.pass(days - 1);
  expect(rung).toEqual([]);
  await clock.pass(1);
  expect(rung).toEqual([`far at ${days}`]);
});

it("a closed queue rings no more", async () => {
  const { clock, queue, rung } = open();
  queue.set("a", 1_000);
  queue.close();
  await clock.pass(10);
  expect(rung).toEqual([]);
});

it("whatever is set in whatever order, each rings once, at the last time that was set for it", async () => {
  const sets = fc.array(
    fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.option(fc.integer({ min: 0, max: 50 }), { nil: null })),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(sets, async (told) => {
      const { clock, queue, rung } = open();
      for (const [key, ms] of told) queue.set(key, ms === null ? null : ms * 1000);
      await clock.pass(100);
      const wanted = [...new Map(told)].filter(([, ms]) => ms !== null).map(([key, ms]) => `${key} at ${ms}`);
      expect([...rung].sort()).toEqual(wanted.sort());
    }),
  );
});

it("what is set again and again, far away, does not hide what is due soon", async () => {
  const { clock, queue, rung } = open();
  for (let n = 0; n < 1_000; n++) queue.set("far", 86_400_000_000 + n);
  queue.set("soon", 5_000);
  await clock.pass(10);
  expect(rung).toEqual(["soon at 5"]);
});
