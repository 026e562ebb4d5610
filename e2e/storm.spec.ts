import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { faultsOf } from "./support/api";
import { isBack, startAgain } from "./support/back-again";
import { Follower } from "./support/follower";
import { judge, nothingWrong, report, withRecords } from "./support/judge";
import { endsSignalbox, endsWatch, killTarget, type Target, targets } from "./support/parts";
import { livesOf, twoLivesAtOnce, until } from "./support/processes";
import { Signalbox } from "./support/signalbox";
import { RandomCommands } from "./support/storm-commands";
import { stormFleet, stormName } from "./support/storm-fleet";

/** `npm run storm` is the long form. */
const rounds = Number(process.env.SIGNALBOX_STORM_ROUNDS ?? targets.length);
const services = Number(process.env.SIGNALBOX_STORM_SERVICES ?? 40);
// So that two cores have the same number of starts per second to do, however large the fleet.
const pace = { services, minMs: 5 * services, spanMs: 50 * services };
const names = Array.from({ length: services }, (_, n) => stormName(n));

test(`${rounds} kills in a storm of ${services} services: nothing lost, nothing doubled, no orphan`, async () => {
  test.skip(process.platform !== "linux", "the processes of the storm are looked for in /proc");
  test.setTimeout(300_000 + rounds * 120_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), "sb-storm-"));
  const diary = path.join(folder, "diary");
  const sign = `STORM_DIARY=${diary}`;
  const signalbox = await Signalbox.start(stormFleet(pace, diary));
  let api = await signalbox.api();
  const commands = new RandomCommands(() => api, names);
  const follower = new Follower(api);
  const kills: Record<string, number> = {};
  let gapsDue = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const target: Target = targets[round % targets.length] ?? "everything";
      await sleep(2_000 + Math.random() * 3_000);
      expect(killTarget(signalbox.data, target), target).toBeGreaterThan(0);
      kills[target] = (kills[target] ?? 0) + 1;
      if (endsWatch(target)) gapsDue += 1;
      if (endsSignalbox(target)) {
        await startAgain(signalbox);
        api = await signalbox.api();
      }
      await until(`${target}: its gap is recorded`, async () => (await gapsOf(signalbox)) >= gapsDue, 40_000);
      await isBack(api, services, target);
      expect(await withRecords(signalbox.data, (records) => records.faults())).toEqual([]);
      const asked = round === rounds - 1 ? names : [...names].sort(() => Math.random() - 0.5).slice(0, 20);
      for (const name of asked) expect(faultsOf(await api.history(name)), name).toEqual([]);
      expect(await twoLivesAtOnce(names, sign)).toEqual([]);
      const gaps = await gapsOf(signalbox);
      expect(gaps, `${target}: a gap where nobody looked, and only there\n${signalbox.output}`).toBe(gapsDue);
    }
    await commands.end();
    const found = await judge(signalbox.data, diary, follower);
    report("the storm", { services, kills, answers: Object.fromEntries(commands.answers), ...found });
    expect(found).toMatchObject(nothingWrong);
    expect(await gapsOf(signalbox)).toBe(gapsDue);
  } catch (error) {
    const said = signalbox.output.split("\n").filter((line) => !line.includes(" web info: "));
    process.stdout.write(`${said.slice(-60).join("\n")}\n`);
    throw error;
  } finally {
    await commands.end();
    follower.close();
    const tail = signalbox.output.length;
    const endedMs = Math.round(await signalbox.end());
    const orphans = [...livesOf(names, sign).values()].flatMap((lives) => [...lives.values()].flat());
    await signalbox.remove();
    rmSync(folder, { recursive: true });
    const said = signalbox.output.slice(tail);
    process.stdout.write(`  orphans: ${orphans.length}\n`);
    expect(orphans, `processes left by an end of ${endedMs} ms\n${said}`).toEqual([]);
  }
});

/** Gaps that a kill left: an engine that a busy machine did not let run has gaps of its own. -1: no answer. */
async function gapsOf(signalbox: Signalbox): Promise<number> {
  const gaps = await withRecords(signalbox.data, (records) => records.gaps()).catch(() => null);
  return gaps?.filter(({ reason }) => reason !== "Signalbox was paused.").length ?? -1;
}
