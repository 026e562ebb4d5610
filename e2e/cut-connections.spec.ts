import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { isBack } from "./support/back-again";
import { Follower } from "./support/follower";
import { judge, nothingWrong, report, withRecords } from "./support/judge";
import { pidsOf } from "./support/parts";
import { until } from "./support/processes";
import { freePort, Signalbox } from "./support/signalbox";
import { RandomCommands } from "./support/storm-commands";
import { stormFleet, stormName } from "./support/storm-fleet";

const cuts = Number(process.env.SIGNALBOX_CUTS ?? 25);
const services = 30;
const names = Array.from({ length: services }, (_, n) => stormName(n));

test(`${cuts} cuts of all connections to the database: the watch goes on, nothing is lost, the page recovers`, async ({
  page,
}) => {
  test.setTimeout(120_000 + cuts * 3_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), "sb-cuts-"));
  const diary = path.join(folder, "diary");
  const signalbox = await Signalbox.start(stormFleet({ services, minMs: 200, spanMs: 1_500 }, diary));
  try {
    const api = await signalbox.api();
    await page.goto(signalbox.link);
    await expect(page.getByRole("table", { name: "Services" })).toContainText("storm-0");
    const commands = new RandomCommands(() => api, names);
    const follower = new Follower(api);
    // A child looks like its engine between fork and exec.
    const parts = () => [
      Math.min(...pidsOf(signalbox.data, "engine")),
      Math.min(...pidsOf(signalbox.data, "web")),
    ];
    const before = parts();
    const connectionsCut = await withRecords(signalbox.data, async (records) => {
      let cut = 0;
      for (let n = 0; n < cuts; n += 1) {
        await sleep(Math.random() * 1_200);
        cut += await records.cutConnections();
      }
      return cut;
    });
    await commands.end();
    await isBack(api, services, "the cuts");
    expect(parts(), `engine and web go on as they are\n${signalbox.output}`).toEqual(before);

    const second = signalbox.spawn({ PORT: String(await freePort()) });
    const code = await new Promise((resolve) => second.once("exit", resolve));
    expect(code, "a second Signalbox is refused as before").toBe(1);
    expect(signalbox.output).toContain("Another Signalbox already runs on this data");

    const found = await judge(signalbox.data, diary, follower);
    report("the cuts", { connectionsCut, answers: Object.fromEntries(commands.answers), ...found });
    expect(found).toMatchObject({ ...nothingWrong, gaps: 0, unseen: 0 });

    const service = await api.service(stormName(0));
    await until("the open page shows what is so now", async () => {
      const row = page
        .getByRole("row")
        .filter({ has: page.getByRole("link", { name: "storm-0", exact: true }) });
      return ((await row.textContent()) ?? "").includes((await api.service(service.id)).state ?? "");
    });
    follower.close();
  } finally {
    await signalbox.remove();
    rmSync(folder, { recursive: true });
  }
});
