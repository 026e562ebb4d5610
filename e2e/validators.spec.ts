import { expect, type Page, test } from "@playwright/test";
import type { Service } from "../lib/wire/service";
import type { Api } from "./support/api";
import { openPage, row, state } from "./support/pages";
import { Signalbox } from "./support/signalbox";

/** The demo fleet as everybody sees it first: its five validators are stand-ins with a chain of their own. */
let signalbox: Signalbox;
let api: Api;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  signalbox = await Signalbox.start(null);
  api = await signalbox.api();
  for (let n = 1; n <= 5; n += 1) await api.reaches(`demo/validator-${n}`, "Consensus", 180_000);
});
test.afterAll(async () => signalbox?.remove());

const header = (page: Page) => page.getByRole("region", { name: "Quorum" });

async function stop(name: string): Promise<void> {
  await api.fate((await api.command(`demo/${name}`, "stop")).body);
}

async function height(): Promise<number> {
  const { body } = await api.get<{ chain: { height: number } | null }>("/groups/validators");
  return body.chain?.height ?? 0;
}

test("five of five are safe; one stopped leaves none that may fail, a second stops the chain, and it comes back", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await openPage(page, signalbox, "/groups/validators");
  await expect(header(page)).toContainText(/safe/i);
  await expect(header(page)).toContainText("5 of 5 validators take part, 4 are needed");

  await stop("validator-2");
  await expect(header(page)).toContainText(/at risk/i, { timeout: 60_000 });
  await expect(header(page)).toContainText("4 of 5 validators take part, 4 are needed");
  await expect(header(page)).toContainText("none may fail any more");
  await expect(header(page)).toContainText("validator-2");
  const before = await height();
  await expect.poll(height, { timeout: 60_000 }).toBeGreaterThan(before);

  await stop("validator-4");
  await expect(header(page)).toContainText(/stopped/i, { timeout: 60_000 });
  await expect(header(page)).toContainText(/validator-2.*validator-4/);
  const { body } = await api.get<{ quorum: { word: string; missing: string[] } }>("/groups/validators");
  expect(body.quorum).toMatchObject({ word: "stopped", missing: ["validator-2", "validator-4"] });
  // What still runs cannot make blocks alone: it is not Running any more, and says why.
  await api.reaches("demo/validator-1", "Syncing", 120_000);
  expect((await api.service("demo/validator-1")).application?.sync).toMatchObject({ reason: "old-head" });
  await page.goto(`${signalbox.address}/services/demo/validator-1`);
  await expect(state(page)).toContainText("Syncing");

  for (const name of ["validator-2", "validator-4"]) await api.command(`demo/${name}`, "start");
  for (let n = 1; n <= 5; n += 1) await api.reaches(`demo/validator-${n}`, "Consensus", 180_000);
  await page.goto(`${signalbox.address}/groups/validators`);
  await expect(header(page)).toContainText("5 of 5 validators take part, 4 are needed", { timeout: 60_000 });
});

test("every kind's diagram lives from the first minute", async ({ page }) => {
  test.setTimeout(180_000);
  await openPage(page, signalbox, "/");
  await expect(row(page, "demo/tunnel")).toContainText("Running", { timeout: 60_000 });
  const { body } = await api.get<{ items: Service[] }>("/services?limit=100");
  expect(new Set(body.items.map(({ kind }) => kind))).toEqual(new Set(["service", "besu", "cloudflared"]));
  expect((await api.service("demo/tunnel")).health).toMatchObject({ have: 4, want: 4 });
  await stop("edge");
  await api.reaches("demo/tunnel", "Reconnecting", 60_000);
  await expect(row(page, "demo/tunnel")).toContainText("Reconnecting");
  await api.fate((await api.command("demo/edge", "start")).body);
  await api.reaches("demo/tunnel", "Running", 90_000);
});
