import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { timeLimit } from "./time-limit";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function aborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve((signal.reason as Error).name), { once: true });
  });
}

it("aborts when the time is over, also where nobody but a listener remembers it", async () => {
  const outer = new AbortController();
  const waiting = aborted(timeLimit(300, outer.signal).signal);
  for (let round = 0; round < 5; round++) {
    await sleep(20);
    collectGarbage();
  }
  const never = sleep(10_000, "never", { ref: false });
  expect(await Promise.race([waiting, never])).toBe("TimeoutError");
});

it("aborts with its parent, and then the time is not what is over", async () => {
  const outer = new AbortController();
  const limit = timeLimit(60_000, outer.signal);
  outer.abort(new Error("enough"));
  expect(limit.signal.aborted).toBe(true);
  expect(limit.signal.reason).toMatchObject({ message: "enough" });
  expect(limit.isOver).toBe(false);
  limit.end();
});

it("of a parent that has aborted already nothing is waited for", () => {
  expect(timeLimit(60_000, AbortSignal.abort()).signal.aborted).toBe(true);
});

it("once ended it never aborts", async () => {
  const limit = timeLimit(10);
  limit.end();
  await sleep(50);
  expect(limit.signal.aborted).toBe(false);
});
