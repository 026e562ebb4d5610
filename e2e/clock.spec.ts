import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { isBack } from "./support/back-again";
import { Follower } from "./support/follower";
import { judge, nothingWrong, report, withRecords } from "./support/judge";
import { until } from "./support/processes";
import { Signalbox } from "./support/signalbox";
import { SteppedClock, whyNoSteppedClock } from "./support/stepped-clock";
import { RandomCommands } from "./support/storm-commands";
import { stormFleet, stormName } from "./support/storm-fleet";

const services = 20;
const names = Array.from({ length: services }, (_, n) => stormName(n));
const hourMs = 3_600_000;
const steps = [hourMs, -2 * hourMs, 700, -300, hourMs] as const;

test("the clock steps forth and back by hours: each move is recorded once, nothing lasts an hour, no gap is made up", async ({
  page,
}) => {
  test.skip(whyNoSteppedClock !== null, whyNoSteppedClock ?? "");
  test.setTimeout(240_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), "sb-clock-"));
  const diary = path.join(folder, "diary");
  const clock = new SteppedClock();
  const fleet = stormFleet({ services, minMs: 200, spanMs: 1_500 }, diary);
  const signalbox = await Signalbox.start(fleet, clock.environment);
  try {
    const api = await signalbox.api();
    const follower = new Follower(api);
    const commands = new RandomCommands(() => api, names, 200);
    await page.goto(signalbox.link);
    await expect(page.getByRole("table", { name: "Services" })).toContainText("storm-0");
    for (const step of steps) {
      await sleep(4_000);
      clock.step(step);
      const from = clock.at;
      // PostgreSQL's own time limits go by the same clock: it may break one statement off.
      await until("history is dated by the clock as it is now", async () => {
        const { body } = await api.get<{ items?: { at: string }[] }>("/transitions?limit=1");
        return step < 0 || Date.parse(body.items?.[0]?.at ?? "") * 1_000 > from;
      });
      await isBack(api, services, `a step of ${step / 1_000} s`);
    }
    await commands.end();
    const found = await judge(signalbox.data, diary, follower);
    const [faults, rows] = await withRecords(signalbox.data, async (records) => [
      await records.faults(),
      await records.lasting(),
    ]);
    const longestS = Math.max(...rows) / 1e6;
    report("the stepped clock", { steps, longestS, ...found });
    expect(found).toMatchObject({ ...nothingWrong, gaps: 0, unseen: 0 });
    // Each row has the instant that its source's clock showed: only there may time go back.
    expect(faults.filter((fault) => !fault.endsWith("is before the row before"))).toEqual([]);
    expect(longestS).toBeLessThan(120);
    follower.close();
  } finally {
    await signalbox.remove();
    clock.remove();
    rmSync(folder, { recursive: true });
  }
});
