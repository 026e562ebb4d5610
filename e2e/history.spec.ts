import { expect, type Page, test } from "@playwright/test";
import type { Transition } from "../lib/wire/service";
import { smallFleet } from "./support/fleets";
import { Signalbox } from "./support/signalbox";

let signalbox: Signalbox;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(smallFleet);
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
});
test.afterAll(async () => signalbox?.remove());

const rows = (page: Page) => page.getByRole("table", { name: "Transition history" }).locator(".history-move");

test("filters stand in the address, and a colleague who opens it sees the same", async ({ page }) => {
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/history`);
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole("button", { name: "State" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Running" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox", { name: "Search services" }).fill("STEAD");
  await page.getByRole("combobox", { name: "Span" }).selectOption("Last hour");
  await expect(page).toHaveURL(/state=Running.*q=STEAD.*span=1h/);
  await expect(rows(page).filter({ hasNot: page.getByRole("link", { name: "steady" }) })).toHaveCount(0);
  await expect(rows(page).first()).toContainText("Running");
  const seen = await rows(page).count();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(rows(other)).toHaveCount(seen);
  await other.getByRole("searchbox", { name: "Search services" }).fill("no such service");
  await expect(other.getByText("No move matches")).toBeVisible();
  await other.getByRole("button", { name: "Show all history" }).click();
  await expect(rows(other).nth(seen)).toBeVisible();
  await expect(other).toHaveURL(/\/history$/);
});

test("an address that asks for what there is not says what is wrong, with the way back", async ({ page }) => {
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/history?state=Flying`);
  await expect(page.getByText(/state: is one of: .*Syncing/)).toBeVisible();
  await page.getByRole("button", { name: "Show all history" }).click();
  await expect(rows(page).first()).toBeVisible();
});

test("what is exported is what is shown", async ({ page }) => {
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/history?q=steady&state=Running`);
  await expect(rows(page).first()).toBeVisible();
  const seen = await rows(page).count();
  const read = async (name: string) => {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    const file = await download;
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
    return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString() };
  };
  const lines = await read("JSON lines");
  const told = lines.text
    .trimEnd()
    .split("\n")
    .map((line): Transition => JSON.parse(line));
  expect(lines.name).toMatch(/\.jsonl$/);
  expect(told).toHaveLength(seen);
  expect(new Set(told.map(({ service, to }) => `${service} ${to}`))).toEqual(
    new Set(["toys/steady Running"]),
  );
  const csv = await read("CSV");
  expect(csv.name).toMatch(/\.csv$/);
  expect(csv.text.split("\r\n")[0]).toMatch(/^at,service,seq,from,to,event,/);
  for (const { id } of told) expect(csv.text).toContain(`,${id},`);
});

test("a move stands on the page as soon as it is made, and nothing jumps under a reader", async ({
  page,
}) => {
  const api = await signalbox.api();
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/history?q=steady`);
  await expect(rows(page).first()).toBeVisible();
  const seen = await rows(page).count();
  await api.reaches("toys/steady", "Running");
  await api.command("toys/steady", "stop");
  await expect(rows(page).first()).toContainText("Stopped");
  await expect(rows(page)).toHaveCount(seen + 2);
  await page
    .getByRole("button", { name: /Evidence of move/ })
    .first()
    .click();
  const before = await page.locator(".history-evidence").boundingBox();
  await api.command("toys/steady", "start");
  await expect(page.getByRole("button", { name: /new moves?/ })).toBeVisible();
  expect(await page.locator(".history-evidence").boundingBox()).toEqual(before);
  await expect(rows(page)).toHaveCount(seen + 2);
  await page.getByRole("button", { name: /new moves?/ }).click();
  await expect(rows(page).first()).toContainText(/Starting|Running/);
});

test("a time in which nobody looked is a row of its own, of the fleet and of its host", async ({ page }) => {
  await signalbox.end();
  await signalbox.start();
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/history`);
  await expect(page.locator(".history-gap").first()).toContainText(
    /toys not observed for .*Signalbox was ended/,
  );
  await page.goto(`${signalbox.address}/hosts`);
  await expect(page.getByRole("list", { name: "Gaps of toys" })).toContainText("Signalbox was ended");
});
