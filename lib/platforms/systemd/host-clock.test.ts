import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { now } from "../../clock";
import { HostClock } from "./host-clock";
import { hostPrefix } from "./testing/host-prefix";
import { makeFolder } from "./testing/hostile-bus";

const hourUs = 3_600_000_000;
const patient = { timeout: 30_000 };

/**
 * A host whose clock can be set, and a clock of ours that can be stepped, or led on by hours.
 * @param words what the host's clock is in date(1)'s words; none: it does not answer.
 */
function twoClocks(words: string) {
  const folder = makeFolder();
  const [shift, asked] = [join(folder, "shift"), join(folder, "asked")];
  writeFileSync(shift, words);
  writeFileSync(asked, "");
  const answer = `date() { command date "$@" -d "$(cat ${shift})"; }; [ -s ${shift} ] && eval "$3"`;
  const address = hostPrefix(`${answer}; code=$?; echo >> ${asked}; exit $code`);
  const aborter = new AbortController();
  onTestFinished(() => aborter.abort());
  let [steppedUs, laterUs] = [0, 0];
  const clock = new HostClock(address, aborter.signal, {
    now: () => {
      const { at, monotonic } = now();
      return { at: at + steppedUs + laterUs, monotonic: monotonic + laterUs };
    },
    lookEveryMs: 5,
  });
  const told: number[] = [];
  clock.onChanged = (offsetUs) => told.push(inHours(offsetUs));
  return {
    clock,
    told,
    hours: () => (clock.offsetUs === null ? null : inHours(clock.offsetUs)),
    setHost: (next: string) => writeFileSync(shift, next),
    /** How often it was asked, and had done with it; where `date` alone is tried as well that is twice. */
    asked: () => readFileSync(asked, "utf8").length,
    step: (us: number) => {
      steppedUs += us;
    },
    wait: (us: number) => {
      laterUs += us;
    },
  };
}

const inHours = (us: number) => Math.round(us / hourUs);

test("a step of our own clock is taken off at once, without asking", async () => {
  const { clock, told, hours, asked, step } = twoClocks("now + 1 hour");
  await clock.first;
  expect([hours(), told]).toEqual([1, [1]]);
  step(3 * hourUs);
  await vi.waitFor(() => expect(told).toEqual([1, -2]), patient);
  step(-3 * hourUs);
  await vi.waitFor(() => expect(told).toEqual([1, -2, 1]), patient);
  expect(asked()).toBe(1);
});

test("it is measured again every hour, for a host's own clock may be set too", async () => {
  const { clock, told, setHost, asked, wait } = twoClocks("now");
  await clock.first;
  setHost("now - 3 hours");
  wait(hourUs);
  await vi.waitFor(() => expect(told.at(-1)).toBe(-3), patient);
  expect(asked()).toBe(2);
});

test("what cannot be measured any more stays what it was, and is soon tried again", async () => {
  const { clock, told, hours, setHost, asked, wait } = twoClocks("now + 1 hour");
  await clock.first;
  setHost("");
  wait(hourUs);
  // Both forms of the question fail.
  await vi.waitFor(() => expect(asked()).toBe(3), patient);
  expect([hours(), told]).toEqual([1, [1]]);
  setHost("now + 2 hours");
  await vi.waitFor(() => {
    wait(hourUs / 60);
    expect(told).toEqual([1, 2]);
  }, patient);
});

test("what is measured only later is told then", async () => {
  const { clock, told, hours, setHost, wait } = twoClocks("");
  await clock.first;
  expect([hours(), told]).toEqual([null, []]);
  setHost("now + 1 hour");
  wait(hourUs);
  await vi.waitFor(() => expect(told).toEqual([1]), patient);
});
