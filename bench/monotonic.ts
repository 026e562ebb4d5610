import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

/** Milliseconds by CLOCK_MONOTONIC, the one clock that all processes of this machine share. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** What to take off a test host's own monotonic time to have this machine's (time_namespaces(7)). */
export function hostClockAheadMs(hostPid: number): number {
  try {
    const offsets = readFileSync(`/proc/${hostPid}/timens_offsets`, "utf8");
    const [, seconds, nanos] = /^monotonic\s+(-?\d+)\s+(-?\d+)/m.exec(offsets) ?? [];
    return Number(seconds ?? 0) * 1000 + Number(nanos ?? 0) / 1e6;
  } catch {
    return 0; // a kernel without time namespaces
  }
}

const questions = 30;

/** What to add to a page's `performance.now()` to have this machine's monotonic time; good to half a round trip. */
export async function pageClockOffsetMs(page: Page): Promise<number> {
  let best = { roundTrip: Number.POSITIVE_INFINITY, offset: 0 };
  for (let n = 0; n < questions; n += 1) {
    const before = monotonicMs();
    const there = await page.evaluate(() => performance.now());
    const roundTrip = monotonicMs() - before;
    if (roundTrip < best.roundTrip) best = { roundTrip, offset: before + roundTrip / 2 - there };
  }
  return best.offset;
}
