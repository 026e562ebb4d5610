import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import type { LogLine, Usage } from "../lib/wire/service";
import { talkingFleet } from "./support/fleets";
import { until } from "./support/processes";
import { Signalbox } from "./support/signalbox";

let signalbox: Signalbox;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(talkingFleet);
});
test.afterAll(async () => signalbox?.remove());

async function open(page: Page): Promise<void> {
  const api = await signalbox.api();
  await api.reaches("toys/talks", "Running");
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/services/toys/talks`);
}

const logOf = (page: Page) => page.getByRole("region", { name: "Logs" });
const usesOf = (page: Page) => page.getByRole("region", { name: "Uses" });

test("lines are filtered by how urgent they are, and errors are marked in words as well", async ({
  page,
}) => {
  await open(page);
  const log = logOf(page);
  await expect(log).toContainText("tick");
  await log.getByLabel("Lines to show").selectOption("Errors and worse");
  await expect(log.getByRole("log")).not.toContainText("tick");
  await expect(log.getByRole("log")).toContainText("error: the disk is full");
  await expect(log.getByRole("log")).not.toContainText("nearly");
  await expect(page).toHaveURL(/log=error/);
  await page.reload();
  await expect(log.getByRole("log")).toContainText("error: the disk is full");
  await log.getByLabel("Lines to show").selectOption("Warnings and worse");
  await expect(log.getByRole("log")).toContainText("warning: the disk is nearly full");
});

test("a long line and a binary one harm neither the page nor the reader", async ({ page }) => {
  await open(page);
  await expect(logOf(page)).toContainText("␀\ufffd␇");
  const { scrolls, width } = await page.evaluate(() => ({
    scrolls: document.documentElement.scrollWidth,
    width: document.documentElement.clientWidth,
  }));
  expect(scrolls).toBe(width);
});

test("a move leads to the log at its moment, and back", async ({ page }) => {
  const api = await signalbox.api();
  await open(page);
  await api.fate((await api.command("toys/talks", "restart")).body);
  const row = page.getByRole("table", { name: "Transition history" }).locator(".history-move", {
    hasText: "Restarting",
  });
  await row
    .first()
    .getByRole("button", { name: /^Evidence/ })
    .click();
  await page.getByRole("button", { name: /^Log at this moment/ }).click();
  const log = logOf(page);
  const lines = log.getByRole("log", { name: /^Lines around/ });
  await expect(lines).toBeFocused();
  await expect(lines).toContainText("Restarting → Starting");
  const text = (await lines.textContent()) ?? "";
  // It was asked to stop before this move, and wrote everything else of its new life after it.
  expect(text.indexOf("asked to stop")).toBeLessThan(text.indexOf("Restarting → Starting"));
  expect(text.indexOf("fine 0")).toBeGreaterThan(text.indexOf("Restarting → Starting"));
  await expect(page).toHaveURL(/logAt=/);
  await page.reload();
  await expect(lines).toContainText("Restarting → Starting");
  await log.getByRole("button", { name: "Back to live" }).click();
  await expect(log.getByRole("log", { name: "Lines", exact: true })).toBeFocused();
  await expect(log).toContainText("tick");
});

for (const colorScheme of ["light", "dark"] as const)
  test(`marked lines and a marked moment offend against no accessibility rule: ${colorScheme}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    const api = await signalbox.api();
    await open(page);
    const at = (await api.history("toys/talks")).at(-1)?.at;
    const offences = [];
    for (const view of ["log=warning", `log=warning&logAt=${at}`]) {
      await page.goto(`${signalbox.address}/services/toys/talks?${view}`);
      await expect(logOf(page)).toContainText("error: the disk is full");
      offences.push(...(await new AxeBuilder({ page }).analyze()).violations);
    }
    expect(offences.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)).toEqual(
      [],
    );
    await context.close();
  });

test("the same over the API: lines around an instant, by priority, and what is used", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  const moves = await api.history("toys/steady");
  const started = moves.find(({ to }) => to === "Starting");
  const around = await api.get<{ items: LogLine[] }>(
    `/services/toys/steady/logs?lines=4&around=${started?.at}`,
  );
  expect(around.body.items[0]?.text).toMatch(/^steady as/);
  const urgent = await api.get<{ items: LogLine[] }>("/services/toys/talks/logs?priority=3");
  expect(new Set(urgent.body.items.map(({ priority }) => priority))).toEqual(new Set([3, null]));
  const read = async () => (await api.get<Usage>("/services/toys/steady/usage")).body;
  await until("a processor share", async () => (await read()).cpuShare !== null);
  const usage = await read();
  expect(usage.running).toBe(true);
  expect(usage.memoryBytes).toBeGreaterThan(1_000_000);
  expect(usage.tasks).toBeGreaterThan(0);
});

test("what a service uses is shown while it runs, and gone when it has stopped", async ({ page }) => {
  const api = await signalbox.api();
  await open(page);
  const uses = usesOf(page);
  await expect(uses).toContainText(/Processor\s*[\d.]+ %/);
  await expect(uses).toContainText(/Memory\s*[\d.]+ MB/);
  await expect(uses).toContainText(/Tasks\s*\d+/);
  await api.fate((await api.command("toys/talks", "stop")).body);
  await expect(uses).toContainText("Nothing of it runs");
  await api.command("toys/talks", "start");
  await expect(uses).toContainText(/Memory\s*[\d.]+ MB/);
});
