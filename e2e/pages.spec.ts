import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { smallFleet } from "./support/fleets";
import { Signalbox } from "./support/signalbox";

let signalbox: Signalbox;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(smallFleet);
});
test.afterAll(async () => signalbox?.remove());

/** Beside the fleet and its services: the page, and what is there once it is whole. */
const placesToLookAt = [
  ["/history", ".history-move"],
  ["/history?q=nothing-is-called-so", "text=No move matches"],
  ["/history?from=2020-01-01T00:00:00Z", ".history-move"],
  ["/insight", "figure[aria-label='Shares of the time']"],
  ["/machines", "figure svg.diagram-drawing"],
  ["/hosts", "text=observed now"],
  ["/groups", "text=No groups yet"],
  ["/health", "text=Web process"],
  ["/alerts", "text=Nothing needs you."],
  ["/settings", "text=Notification channels"],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`no page offends against accessibility rules: ${colorScheme}, ${width} px`, async ({ browser }) => {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 900 },
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      await page.goto(signalbox.address);
      await expect(page.getByRole("textbox", { name: "Key" }).or(page.getByLabel("Key"))).toBeVisible();
      const offences = [...(await new AxeBuilder({ page }).analyze()).violations];
      await page.goto(signalbox.link);
      await expect(page.getByRole("table", { name: "Services" })).toBeVisible();
      offences.push(...(await new AxeBuilder({ page }).analyze()).violations);
      for (const name of ["steady", "missing"]) {
        await page.goto(`${signalbox.address}/services/toys/${name}`);
        await expect(
          page.getByRole("figure", { name: "State diagram" }).locator("svg").first(),
        ).toBeVisible();
        offences.push(...(await new AxeBuilder({ page }).analyze()).violations);
      }
      for (const [path, mark] of placesToLookAt) {
        await page.goto(signalbox.address + path);
        await expect(page.locator(mark).first()).toBeVisible();
        offences.push(...(await new AxeBuilder({ page }).analyze()).violations);
      }
      expect(
        offences.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
      ).toEqual([]);
      await context.close();
    });
  }
}

test("the landmarks that assistive technology is promised are there", async ({ page }) => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  await page.goto(signalbox.link);
  const table = page.getByRole("table", { name: "Services" });
  const row = table.getByRole("row").filter({ has: page.getByRole("link", { name: "steady", exact: true }) });
  await expect(row).toContainText("Running");
  await expect(page.getByRole("group", { name: "Filter by state" })).toBeVisible();
  await row.getByRole("link", { name: "steady", exact: true }).click();
  await expect(page.getByRole("heading", { name: "steady" })).toBeVisible();
  await expect(page.getByRole("status", { name: "Current state" })).toContainText("Running");
  await expect(page.getByRole("figure", { name: "State diagram" })).toHaveAccessibleDescription(/Running/);
  for (const name of ["Start", "Stop", "Restart", "Reset"])
    await expect(page.getByRole("button", { name, exact: true }).first()).toBeVisible();
  await expect(page.getByRole("table", { name: "Transition history" })).toBeVisible();
  for (const name of ["Time in state", "Thrash", "Logs", "Recovery"])
    await expect(page.getByRole("region", { name })).toBeVisible();
});

test("a page whose scripts do not come never calls itself live, says so, and is reloaded by a plain link", async ({
  page,
}) => {
  await page.goto(signalbox.link);
  await page.route("**/_next/static/**/*.js", (request) => request.abort());
  await page.goto(`${signalbox.address}/services/toys/steady?span=1h`);
  const notices = page.getByRole("status", { name: "Notices" });
  await expect(notices).toContainText(/This page is not live yet\..* saw at .*\d\d:\d\d:\d\d.* UTC/);
  const notice = notices.getByText("This page is not live yet.");
  await expect(notice).toBeHidden();
  await expect(notice).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Live", { exact: true })).toHaveCount(0);
  await page.unroute("**/_next/static/**/*.js");
  await notices.getByRole("link", { name: "reload it" }).click();
  await expect(page.getByText(/^Live/).first()).toBeVisible();
  expect(page.url()).toBe(`${signalbox.address}/services/toys/steady?span=1h`);
  await expect(notices).toHaveText("");
});

test("a search stands in the address, and a colleague who opens it sees the same", async ({ page }) => {
  await page.goto(signalbox.link);
  const search = page.getByRole("searchbox").or(page.getByRole("textbox", { name: /search/i }));
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(search).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.type("slow");
  const table = page.getByRole("table", { name: "Services" });
  await expect(table.getByRole("link")).toHaveCount(2);
  await expect(page).toHaveURL(/q=slow/);
  await page.goto(page.url());
  await expect(table.getByRole("link")).toHaveCount(2);
});

test("an address that nothing has says so, with the way back", async ({ page }) => {
  await page.goto(signalbox.link);
  for (const path of ["/nothing", "/services/toys/nobody", "/groups/nobody", "/services/toys/..%2Fx"]) {
    const answer = await page.goto(signalbox.address + path);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("link", { name: /fleet/i }).first()).toBeVisible();
  }
});

test("a bad edit of the configuration keeps the fleet and shows the error on the page", async ({ page }) => {
  const { readFileSync, writeFileSync } = await import("node:fs");
  const file = signalbox.config ?? "";
  const good = readFileSync(file, "utf8");
  await page.goto(signalbox.link);
  writeFileSync(file, good.replace("settle: 4s", "settel: 4s"));
  await expect(page.getByText(/did you mean `settle`/)).toBeVisible();
  await expect(
    page.getByRole("table", { name: "Services" }).getByRole("link", { name: "steady", exact: true }),
  ).toBeVisible();
  writeFileSync(file, good);
  await expect(page.getByText(/did you mean `settle`/)).toBeHidden();
});
