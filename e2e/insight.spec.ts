import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import type { Thrash, TimeInState } from "../lib/wire/insight";
import type { Api } from "./support/api";
import { openPage } from "./support/pages";
import { until } from "./support/processes";
import { fleetFolder, Signalbox } from "./support/signalbox";

const fleet = `
hosts:
  toys: { platform: process }
services:
  - { host: toys, name: steady, group: calm, command: [node, steady.mjs], cwd: "${fleetFolder}", autostart: true, settle: 300ms }
  - { host: toys, name: quiet, group: calm, command: [node, steady.mjs], cwd: "${fleetFolder}", settle: 300ms }
  - { host: toys, name: crashes, group: troubled, command: [node, leaves.mjs], cwd: "${fleetFolder}", autostart: true,
      settle: 200ms, restart: { on: failure, delay: 500ms, max: 4 }, env: { LIVE_MS: "700", EXIT_CODE: "3" } }
`;

let signalbox: Signalbox;
let api: Api;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(fleet);
  api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  await restart("toys/steady");
  await until("crashes gave up", async () => {
    const moves = await api.history("toys/crashes");
    return moves.filter(({ to }) => to === "Error").length >= 4;
  });
});
test.afterAll(async () => signalbox?.remove());

async function restart(id: string, restMs = 0): Promise<void> {
  await api.command(id, "stop");
  const { since } = await api.reaches(id, "Stopped");
  await until("it rested", () => Date.now() - Date.parse(since ?? "") >= restMs);
  await api.command(id, "start");
  await api.reaches(id, "Running");
}

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const bands = (page: Page) => page.getByRole("slider", { name: "States over time" });
const axis = (page: Page) => page.getByRole("slider", { name: "Time shown" });

async function openTwin(page: Page, of: string): Promise<Locator> {
  await page.getByRole("button", { name: `${of} as a table` }).click();
  return page.getByRole("table", { name: of });
}

test("the shares of the page are those of the API, and every state has its row", async ({ page }) => {
  await openPage(page, signalbox, "/services/toys/steady?span=1h");
  const table = region(page, "Time in state").getByRole("table", { name: "Time in each state" });
  const row = (state: string) =>
    table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: state, exact: true }) });
  const { body } = await api.get<TimeInState>("/services/toys/steady/time-in-state");
  for (const state of ["Stopped", "Starting", "Running", "Stopping"]) {
    await expect(row(state)).toBeVisible();
    await expect(row(state).getByRole("cell").nth(2)).toHaveText(String(body.states[state]?.entries));
  }
  for (const state of ["Error", "Restarting"]) await expect(row(state)).toContainText("0 %");
  await expect(row("Not observed")).toContainText("%");
  await expect(page.getByRole("figure", { name: "Shares of the time" })).toHaveAccessibleDescription(
    /Running/,
  );
});

test("the timeline is stepped through by keyboard, and its twin holds the same", async ({ page }) => {
  await restart("toys/steady", 1_000);
  await openPage(page, signalbox, "/services/toys/steady?span=120s");
  await expect(page.getByRole("figure", { name: "State timeline" })).toHaveAccessibleDescription(
    /Never in Error/,
  );
  const twin = await openTwin(page, "States over time");
  await expect(twin.getByRole("row").nth(1)).toContainText("Running");
  const told = await twin
    .getByRole("row")
    .filter({ hasText: "Stopped" })
    .first()
    .getByRole("cell")
    .allTextContents();
  await bands(page).focus();
  await page.keyboard.press("End");
  await expect(bands(page)).toHaveAttribute("aria-valuetext", /^Running, /);
  for (let steps = 0; steps < 8; steps += 1) {
    await page.keyboard.press("ArrowLeft");
    if ((await bands(page).getAttribute("aria-valuetext"))?.startsWith("Stopped")) break;
  }
  const said = await bands(page).getAttribute("aria-valuetext");
  expect(said).toContain(told[1] ?? "no instant");
  expect(said).toContain(told[3] ?? "no length");
});

test("what is pointed at in one view is marked in the others", async ({ page }) => {
  await restart("toys/steady", 500);
  await openPage(page, signalbox, "/services/toys/steady?span=120s");
  const marksIn = (name: string) => page.getByRole("figure", { name }).locator('[data-pointed="true"]');
  const rows = page.getByRole("table", { name: "Transition history" }).locator(".history-move");
  await bands(page).focus();
  await page.keyboard.press("End");
  await expect(rows.first()).toHaveAttribute("aria-current", "true");
  await expect(rows.nth(1)).not.toHaveAttribute("aria-current", "true");
  await expect(marksIn("State timeline").first()).toBeVisible();
  await expect(marksIn("Thrash chart").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(rows.first()).not.toHaveAttribute("aria-current", "true");
  await rows.nth(2).hover();
  await expect(marksIn("State timeline")).toHaveCount(1);
  await expect(marksIn("Thrash chart")).toHaveCount(1);
  await page.getByRole("slider", { name: "Moves over time" }).focus();
  await page.keyboard.press("End");
  await expect(page.locator('.history-move[aria-current="true"]').first()).toBeVisible();
  await expect(marksIn("State timeline").first()).toBeVisible();
});

test("the span is moved by keyboard, by buttons and by dragging, and stands in the address", async ({
  page,
}) => {
  await openPage(page, signalbox, "/services/toys/steady");
  await axis(page).focus();
  await page.keyboard.press("+");
  await expect(page).toHaveURL(/span=43200s/);
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(/from=.*&to=/);
  await page.keyboard.press("Home");
  await expect(page).toHaveURL(/span=43200s$/);
  await page.keyboard.press("-");
  await expect(page).toHaveURL(/steady$/);
  const steps = page.getByRole("group", { name: "Go through time" });
  await steps.getByRole("button", { name: "Earlier" }).click();
  await expect(page).toHaveURL(/from=/);
  await steps.getByRole("button", { name: "Now" }).click();
  await expect(page).toHaveURL(/steady$/);
  await page.getByRole("button", { name: "Last 7 d" }).click();
  await expect(page).toHaveURL(/span=7d/);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.getByRole("button", { name: "Last 7 d" })).toHaveAttribute("aria-pressed", "true");
  const box = await bands(page).boundingBox();
  if (box === null) throw new Error("the timeline is not drawn");
  await page.mouse.move(box.x + 100, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 400, box.y + 10, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=/);
});

test("a move extends the picture at once", async ({ page }) => {
  await openPage(page, signalbox, "/services/toys/quiet?span=1h");
  const twin = await openTwin(page, "States over time");
  await expect(twin.getByRole("row").nth(1)).toContainText("Stopped");
  await api.command("toys/quiet", "start");
  await expect(twin.getByRole("row").nth(1)).toContainText("Running");
  await expect(twin.getByRole("row").nth(2)).toContainText("Starting");
});

test("a crash loop is named, with its reason, its causes and its numbers", async ({ page }) => {
  await openPage(page, signalbox, "/services/toys/crashes?span=1h");
  const thrash = region(page, "Thrash");
  await expect(thrash).toContainText("crash loop");
  const { body } = await api.get<Thrash>("/services/toys/crashes/thrash");
  await expect(thrash).toContainText(body.why.slice(0, 20));
  const twin = await openTwin(page, "Moves over time");
  const cells = await twin.getByRole("row").nth(1).getByRole("cell").allTextContents();
  const columns = await twin.getByRole("columnheader").allTextContents();
  const byCause = columns.flatMap((column, at) => (column.startsWith("By ") ? [Number(cells[at])] : []));
  expect(byCause.reduce((sum, count) => sum + count, 0)).toBe(Number(cells[2]));
  expect(Number(cells[3])).toBeGreaterThanOrEqual(3);
});

test("the fleet's rows show their last day and who thrashes, and lead to where the time went", async ({
  page,
}) => {
  await openPage(page, signalbox, "/");
  const table = page.getByRole("table", { name: "Services" });
  const row = (name: string) =>
    table.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  await expect(row("crashes").getByRole("img", { name: /Last 24 hours: .*Error/ })).toBeVisible();
  await expect(row("crashes")).toContainText("crash loop");
  await expect(row("steady").getByRole("img", { name: /Last 24 hours: / })).toBeVisible();
  await page.getByRole("link", { name: "Time in state" }).click();
  await expect(page.getByRole("heading", { name: "Time in state", level: 1 })).toBeVisible();
  await expect(page.getByRole("table", { name: "Most time in Error" })).toContainText("crashes");
  await expect(page.getByRole("list", { name: "Thrashing now" })).toContainText("crashes");
  const groups = page.getByRole("table", { name: "Time in state by group" });
  await expect(groups.getByRole("row").filter({ hasText: "calm" })).toContainText("2");
  await page.getByRole("button", { name: "Group" }).click();
  await page.getByRole("menuitemcheckbox", { name: "calm" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/group=calm/);
  await expect(groups.getByRole("row")).toHaveCount(2);
  await expect(page.getByText("No service was in Error in this span.")).toBeVisible();
});

test("a chart that cannot be loaded says so, and is loaded when it can be", async ({ page }) => {
  await page.goto(signalbox.link);
  await page.route("**/timeline?*", (request) => request.abort());
  await page.goto(`${signalbox.address}/services/toys/steady`);
  const panel = region(page, "Time in state");
  await expect(panel).toContainText("This could not be loaded.");
  await page.unroute("**/timeline?*");
  await panel.getByRole("button", { name: "Try again" }).click();
  await expect(bands(page)).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`charts and their twins offend against no accessibility rule: ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    await openPage(page, signalbox, "/services/toys/crashes?span=1h");
    for (const of of ["States over time", "Alerts over time", "Moves over time"]) await openTwin(page, of);
    await bands(page).focus();
    const offences = [...(await new AxeBuilder({ page }).analyze()).violations];
    await page.goto(`${signalbox.address}/insight?span=1h`);
    await expect(page.getByRole("table", { name: "Most time in Error" })).toContainText("crashes");
    offences.push(...(await new AxeBuilder({ page }).analyze()).violations);
    expect(
      offences.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
    ).toEqual([]);
    await context.close();
  });
}
