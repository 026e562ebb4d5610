import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { now } from "../../clock";
import { HostClock } from "./host-clock";
import { hostPrefix } from "./testing/host-prefix";
import { makeFolder } from "./testing/hostile-bus";

const hourUs = 3_600_000_000;

/** A host whose clock can be set, and a clock of ours that can be stepped, or led on by hours. */
function twoClocks() {
  const folder = makeFolder();
  const [shift, asked] = [join(folder, "shift"), join(folder, "asked")];
  /** @param words for date(1); none: it does not answer. */
  const setHost = (words: string) => writeFileSync(shift, words);
  setHost("now");
  writeFileSync(asked, "");
  const address = hostPrefix(
    `echo >> ${asked}; [ -s ${shift} ] || exit 1; date() { command date "$@" -d "$(cat ${shift})"; }; eval "$3"`,
  );
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
  clock.onChanged = (offsetUs) => told.push(Math.round(offsetUs / hourUs));
  return {
    clock,
    told,
    setHost,
    /** How often it was measured. */
    measured: () => readFileSync(asked, "utf8").length,
    step: (us: number) => {
      steppedUs += us;
    },
    wait: (us: number) => {
      laterUs += us;
    },
  };
}

test("a host's clock is measured again after a step of ours, and told where it is another one", async () => {
  const { clock, told, setHost, measured, step } = twoClocks();
  expect(clock.offsetUs).toBeNull();
  await clock.first;
  expect(Math.round((clock.offsetUs ?? Number.NaN) / hourUs)).toBe(0);
  step(2_000_000);
  await vi.waitFor(() => expect(measured()).toBe(2));
  setHost("now + 1 hour");
  step(-2_000_000);
  await vi.waitFor(() => expect(told).toEqual([1]));
  expect(Math.round((clock.offsetUs ?? 0) / hourUs)).toBe(1);
  expect(measured()).toBe(3);
});

test("it is measured again every hour, for a host's own clock may be set too", async () => {
  const { clock, told, setHost, measured, wait } = twoClocks();
  await clock.first;
  setHost("now - 3 hours");
  wait(hourUs - 60_000_000);
  wait(60_000_000);
  await vi.waitFor(() => expect(told).toEqual([-3]));
  expect(measured()).toBe(2);
});

test("what cannot be measured any more stays what it was", async () => {
  const { clock, told, setHost, measured, step } = twoClocks();
  setHost("now + 1 hour");
  await clock.first;
  setHost("");
  step(1_000_000);
  // Both forms of the question fail.
  await vi.waitFor(() => expect(measured()).toBe(3));
  setHost("now + 1 hour");
  step(1_000_000);
  await vi.waitFor(() => expect(measured()).toBe(4));
  expect(Math.round((clock.offsetUs ?? 0) / hourUs)).toBe(1);
  expect(told).toEqual([]);
});
