import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import type { Alert } from "../lib/wire/alert";
import type { Api } from "./support/api";
import { childrenNamed, kill, until } from "./support/processes";
import { fleetFolder, Signalbox } from "./support/signalbox";

/** Limits of seconds, and services that only die when a test kills them. */
const odd = "odd@a-b_c\\x2dd";
/** Whose Error is told only after an hour. */
const late = "late";
const names = ["one", "two", "three"] as const;
const fleet = `
alerts: { error: 1s, commandFailed: false, thrash: off }
hosts:
  toys: { platform: process }
services:
${[...names, odd]
  .map(
    (name) => `  - { host: toys, name: '${name}', command: [node, steady.mjs], cwd: "${fleetFolder}",
      autostart: true, settle: 300ms, group: ${name === "three" ? "edge" : "inner"} }`,
  )
  .join("\n")}
  - { host: toys, name: ${late}, command: [node, steady.mjs], cwd: "${fleetFolder}",
      autostart: true, settle: 300ms, alerts: { error: 1h } }
`;

let signalbox: Signalbox;
let api: Api;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(fleet);
  api = await signalbox.api();
  for (const name of [...names, odd, late]) await api.reaches(idOf(name), "Running");
});
test.afterAll(async () => signalbox?.remove());

/** A test leaves no alert to the next one. */
test.afterEach(async () => {
  const { items } = (await api.get<{ items: { id: string; endedAt: string | null }[] }>("/silences")).body;
  for (const { id, endedAt } of items) if (endedAt === null) await api.post(`/silences/${id}/end`, {});
  for (const name of [...names, odd, late]) await heal(name);
  await until("every alert is over", async () => {
    const { items } = (await api.get<{ items: Alert[] }>("/alerts?limit=1")).body;
    return items.every(({ status }) => status === "resolved");
  });
});

const idOf = (name: string) => `toys/${encodeURIComponent(name)}`;

function fell(name: string): void {
  for (const { pid } of childrenNamed(`toys/${name}`, signalbox.sign)) kill(pid, "SIGKILL");
}

async function heal(name: string): Promise<void> {
  if ((await api.service(idOf(name))).state === "Error") await api.command(idOf(name), "restart");
  await api.reaches(idOf(name), "Running");
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(signalbox.link);
  await page.goto(signalbox.address + path);
}

const list = (page: Page, name: string) => page.getByRole("list", { name });
const rowIn = (found: Locator, page: Page, name: string) =>
  found.getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });
const firing = (page: Page, name: string) => rowIn(list(page, "Firing alerts"), page, name);
const held = (page: Page, name: string) => rowIn(list(page, "Acknowledged and silenced alerts"), page, name);
const past = (page: Page, name: string) => rowIn(list(page, "Resolved alerts"), page, name).first();
const silence = (page: Page) => page.getByRole("dialog", { name: "Silence alerts" });

async function other(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

test("an alert fires on the pages that are open, without a reload, and moves down when it is over", async ({
  page,
}) => {
  await open(page, "/alerts");
  await expect(page.getByText("Nothing needs you.")).toBeVisible();
  const service = await page.context().newPage();
  await service.goto(`${signalbox.address}/services/toys/one`);
  await expect(service.getByRole("heading", { name: "one" })).toBeVisible();
  fell("one");
  await expect(firing(page, "one")).toContainText("Critical");
  await expect(firing(page, "one")).toContainText(/in Error for 1 s/);
  await expect(firing(page, "one")).toContainText(/Do.*Check the error logs/s);
  await expect(page.getByRole("link", { name: "Alerts 1 firing" })).toBeVisible();
  await expect(page).toHaveTitle(/^\(1\) Alerts/);
  await expect(service.getByRole("region", { name: "Alerts" })).toContainText(/in Error for 1 s/);
  await service.getByRole("link", { name: "Fleet", exact: true }).first().click();
  await expect(service.getByRole("link", { name: "1 alert fires" })).toBeVisible();
  await expect(service).toHaveTitle(/^\(1\) Signalbox/);
  await heal("one");
  await expect(past(page, "one")).toContainText("Resolved");
  await expect(firing(page, "one")).toHaveCount(0);
  await expect(page).toHaveTitle(/^Alerts/);
  await expect(page.getByText(/Last alert: toys\/one has been in Error for 1 s/)).toBeVisible();
});

test("what is about to fire is told with the time that is left, and not as an alert", async ({ page }) => {
  await open(page, "/alerts");
  await expect(page.getByText("Nothing needs you.")).toBeVisible();
  fell(late);
  const pending = list(page, "Alerts about to fire").getByRole("listitem");
  await expect(pending).toHaveCount(1);
  await expect(pending).toContainText(/Critical.*toys\/late.*Error for \d.*fires in 59 min/s);
  await expect(page).toHaveTitle(/^Alerts/);
  await expect(page.getByText("Nothing needs you.")).toBeVisible();
  await heal(late);
  await expect(pending).toHaveCount(0);
  expect((await api.get<{ items: Alert[] }>("/alerts?service=toys%2Flate")).body.items).toEqual([]);
});

test("who acknowledges is seen by everyone, with the note, and can take it back", async ({
  page,
  browser,
}) => {
  const second = await other(browser);
  await open(page, "/alerts");
  await open(second, "/alerts");
  fell("one");
  await firing(page, "one").getByRole("button", { name: "Acknowledge with a note" }).click();
  await page
    .getByRole("textbox", { name: "What are you doing about it?" })
    .fill("looking <b>at</b> the disk");
  await page.keyboard.press("Enter");
  await expect(held(second, "one")).toContainText(
    /Acknowledged by local operator .*“looking <b>at<\/b> the disk”/,
  );
  await expect(second.getByText("Nothing needs you.")).toBeVisible();
  await expect(second).toHaveTitle(/^Alerts/);
  await held(second, "one")
    .getByRole("button", { name: /History of/ })
    .click();
  const events = held(second, "one").getByRole("list", { name: "What became of it" });
  await expect(events.getByRole("listitem")).toHaveText([/Fired/, /Acknowledged by local operator/]);
  await held(second, "one").getByRole("button", { name: "Take it back" }).click();
  await expect(firing(page, "one")).toBeVisible();
  await second.context().close();
});

test("a silence that is refused keeps what was typed; it holds, is seen, and is ended", async ({ page }) => {
  await open(page, "/alerts");
  fell("one");
  await firing(page, "one").getByRole("button", { name: "Silence…" }).click();
  const dialog = silence(page);
  await dialog.getByRole("button", { name: "Silence", exact: true }).click();
  await expect(dialog.getByText(/Say why/)).toBeVisible();
  await dialog.getByLabel("Why").fill("the disk is being changed");
  await dialog.getByLabel("Until…").check();
  await dialog
    .getByRole("textbox", { name: "Until" })
    .or(dialog.getByLabel("Until", { exact: true }))
    .fill("2020-01-01T00:00");
  await dialog.getByRole("button", { name: "Silence", exact: true }).click();
  await expect(dialog.getByText(/over already/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await firing(page, "one").getByRole("button", { name: "Silence…" }).click();
  await expect(dialog.getByLabel("Why")).toHaveValue("the disk is being changed");
  await expect(dialog.getByLabel("Until", { exact: true })).toHaveValue("2020-01-01T00:00");
  await dialog.getByLabel("30 min").check();
  await dialog.getByRole("button", { name: "Silence", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(held(page, "one")).toContainText(/Silenced until .*the disk is being changed/);
  const expected = list(page, "Expected");
  await expect(expected).toContainText(/service toys\/one/);
  await expect(expected).toContainText(/by local operator/);
  await expected.getByRole("button", { name: /End now/ }).click();
  await expect(firing(page, "one")).toBeVisible();
  await expect(page.getByText("Nothing is expected")).toBeVisible();
});

test("in a planned maintenance nothing fires, and what is still wrong at its end does", async ({ page }) => {
  await open(page, "/alerts");
  await page.getByRole("button", { name: "Plan a maintenance…" }).click();
  const dialog = page.getByRole("dialog", { name: "Plan a maintenance" });
  await dialog.getByRole("button", { name: "Plan it" }).click();
  await expect(dialog.getByText("Choose what it is about.")).toBeVisible();
  await dialog.getByLabel("What is worked on").selectOption("A group");
  await dialog.getByLabel("Which").fill("inner");
  await dialog.getByLabel("Why").fill("moving to the new rack");
  await dialog.getByRole("button", { name: "Plan it" }).click();
  await expect(list(page, "Expected")).toContainText(/Maintenance group inner/);
  fell("one");
  fell("three");
  await expect(firing(page, "three")).toBeVisible();
  await expect(firing(page, "one")).toHaveCount(0);
  await list(page, "Expected")
    .getByRole("button", { name: /End now/ })
    .click();
  await expect(firing(page, "one")).toBeVisible();
});

test("a service of an odd name is told of, led to, and silenced like any other", async ({ page }) => {
  await open(page, "/alerts");
  fell(odd);
  await expect(firing(page, odd)).toBeVisible();
  await firing(page, odd).getByRole("button", { name: "Silence…" }).click();
  await silence(page).getByLabel("Why").fill("an odd one");
  await silence(page).getByRole("button", { name: "Silence", exact: true }).click();
  await expect(held(page, odd)).toContainText("an odd one");
  await held(page, odd).getByRole("link", { name: odd, exact: true }).click();
  await expect(page.getByRole("heading", { name: odd })).toBeVisible();
  await expect(page.getByRole("region", { name: "Alerts" })).toContainText("an odd one");
  await page.getByRole("link", { name: "All of this service" }).click();
  await expect(page).toHaveURL(/alerts\?service=toys%2Fodd%40a-b_c%5Cx2dd/);
  await expect(held(page, odd)).toBeVisible();
});

test("filters stand in the address, and what they hide is said", async ({ page }) => {
  fell("one");
  fell("three");
  await open(page, "/alerts");
  await expect(firing(page, "three")).toBeVisible();
  await expect(firing(page, "one")).toBeVisible();
  await page.getByRole("button", { name: "Group" }).click();
  await page.getByRole("menuitemcheckbox", { name: "edge" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/alerts\?group=edge$/);
  await expect(firing(page, "one")).toHaveCount(0);
  await expect(page.getByRole("status", { name: "What fires" })).toHaveText(
    "1 critical; 1 more not shown here",
  );
  const colleague = await page.context().newPage();
  await colleague.goto(`${page.url()}&severity=info`);
  await expect(colleague.getByText("2 alerts fire, and none of them matches")).toBeVisible();
  await colleague.getByRole("button", { name: "Show all alerts" }).first().click();
  await expect(firing(colleague, "one")).toBeVisible();
});

test("all of it by keyboard: go there, move, acknowledge, silence, and never lose the place", async ({
  page,
}) => {
  for (const name of names) fell(name);
  await open(page, "/");
  await expect(page.getByRole("link", { name: "3 alerts fire" })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await expect(page.getByRole("heading", { name: "Alerts", exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const links = list(page, "Firing alerts").locator("[data-alert-link]");
  await expect(links).toHaveCount(3);
  await links.first().focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await expect(links.nth(1)).toBeFocused();
  const [, second = "", third = ""] = await links.allTextContents();
  await page.keyboard.press("a");
  await expect(held(page, second)).toBeVisible();
  await expect(links.nth(1)).toHaveText(third);
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("s");
  await expect(silence(page)).toBeVisible();
  await silence(page).getByLabel("Why").focus();
  await page.keyboard.type("all by keyboard");
  await page.keyboard.press("Enter");
  await expect(held(page, third)).toContainText("all by keyboard");
});
