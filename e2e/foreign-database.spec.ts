import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { type ForeignServer, makeForeignServer, whyNoForeignServer } from "../db/foreign-server";
import { isBack } from "./support/back-again";
import { smallFleet } from "./support/fleets";
import { Follower } from "./support/follower";
import { judge, nothingWrong, report, withRecords } from "./support/judge";
import { openLine } from "./support/line";
import { startPooler, whyNoPooler } from "./support/pooler";
import { freePort, Signalbox } from "./support/signalbox";
import { stormFleet, stormName } from "./support/storm-fleet";

/** A minute in the long form. */
const awayMs = Number(process.env.SIGNALBOX_DATABASE_AWAY_MS ?? 15_000);
const services = 20;
const why = whyNoForeignServer();

let server: ForeignServer;
test.beforeAll(async () => {
  test.skip(why !== null, why ?? "");
  server = await makeForeignServer();
});
test.afterAll(async () => server?.remove());

/** Starts one more Signalbox that is expected not to come up. @returns what it says. */
async function refusal(url: string): Promise<string> {
  const failed = await Signalbox.start(smallFleet, { DATABASE_URL: url }).catch((error: Error) => error);
  if (failed instanceof Error) return failed.message;
  await failed.remove();
  throw new Error("it came up");
}

test(`the server is away for ${awayMs / 1000} s in the middle of changes: said, refused, and all of it recorded`, async ({
  page,
}) => {
  test.setTimeout(120_000 + 2 * awayMs);
  const folder = mkdtempSync(path.join(os.tmpdir(), "sb-away-"));
  const diary = path.join(folder, "diary");
  const fleet = stormFleet({ services, minMs: 200, spanMs: 1_500 }, diary);
  const signalbox = await Signalbox.start(fleet, { DATABASE_URL: server.url });
  try {
    const api = await signalbox.api();
    const follower = new Follower(api);
    await page.goto(signalbox.link);
    const table = page.getByRole("table", { name: "Services" });
    await expect(table).toContainText("storm-0");
    await sleep(3_000);

    await server.stop();
    const from = Date.now() * 1000;
    const notice = page.getByText("Signalbox has lost its database.");
    await expect(notice).toBeVisible();
    await expect(page.getByText(/Since \d+ s/)).toBeVisible();
    await expect(table, "the last picture stands").toContainText("storm-0");
    const refused = await api.command(stormName(0), "stop");
    expect(refused.status).toBe(503);
    expect(refused.body).toMatchObject({ code: "unavailable" });
    const ready = await fetch(`${signalbox.address}/readyz`);
    expect(ready.status).toBe(503);
    expect(JSON.stringify(await ready.json())).toContain("database");
    await sleep(awayMs);
    const to = Date.now() * 1000;
    await server.start();

    await isBack(api, services, "the server's absence");
    await expect(notice).toBeHidden();
    const found = await judge(server.url, diary, follower);
    const meanwhile = await withRecords(server.url, async (records) =>
      (await records.rows()).filter(({ at }) => at > from && at < to),
    );
    report("the absence", { awayMs, recordedMeanwhile: meanwhile.length, ...found });
    expect(found).toMatchObject({ ...nothingWrong, gaps: 0, unseen: 0 });
    expect(new Set(meanwhile.map(({ service }) => service)).size).toBeGreaterThan(services / 2);
    follower.close();

    expect(await refusal(server.url), "the lock was taken again").toContain(
      "Another Signalbox already runs on this data",
    );
  } finally {
    await signalbox.remove();
    rmSync(folder, { recursive: true });
  }
});

test("a pooler in transaction mode is refused in one line, and leaves nothing locked", async () => {
  test.skip(whyNoPooler !== null, whyNoPooler ?? "");
  const pooler = await startPooler(server.port, "transaction");
  try {
    const said = await refusal(pooler.url);
    expect(said).toContain("DATABASE_URL leads through a pooler in transaction mode");
    expect(said).not.toContain("at ");
    const signalbox = await Signalbox.start(smallFleet, { DATABASE_URL: server.url });
    await (await signalbox.api()).reaches("toys/steady", "Running");
    await signalbox.remove();
  } finally {
    await pooler.end();
  }
});

test("a server too old is refused in one line that says what is needed", async () => {
  // The real server, but for the version that it tells.
  const older = (answer: Buffer) =>
    Buffer.from(answer.toString("latin1").replace(/(?<!\d)15(0\d{3})(?!\d)/g, "14$1"), "latin1");
  const line = await openLine(server.port, { rewrite: older });
  try {
    const said = await refusal(server.url.replace(`:${server.port}`, `:${line.port}`));
    expect(said).toContain("The PostgreSQL server is version 14; Signalbox needs 15 or newer.");
    expect(said).not.toContain("at ");
  } finally {
    await line.close();
  }
});

test("a server that is not there, and a user that it does not know, are said in one line", async () => {
  const nobody = `postgres://signalbox@127.0.0.1:${await freePort()}/signalbox`;
  expect(await refusal(nobody)).toContain("does not answer (ECONNREFUSED)");
  const stranger = server.url.replace("signalbox@", "stranger@");
  expect(await refusal(stranger)).toContain("refuses the user or password");
});
