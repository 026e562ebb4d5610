import { expect, type Locator, type Page, test } from "@playwright/test";
import { smallFleet } from "./support/fleets";
import { Signalbox } from "./support/signalbox";

/** Parts of the page that are loaded when they are first needed. */
let signalbox: Signalbox;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(smallFleet);
  await (await signalbox.api()).reaches("toys/steady", "Running");
});
test.afterAll(async () => signalbox?.remove());

const start = (page: Page) => page.getByRole("button", { name: "Start steady", exact: true });
const tip = (page: Page) => page.locator("[data-tip-popup]");

async function openFleet(page: Page): Promise<Locator> {
  await page.goto(signalbox.link);
  await expect(page.getByText(/^Live/).first()).toBeVisible();
  return start(page);
}

test("a refused lever says why when it is pointed at, and ends with Escape, a press or the pointer's leaving", async ({
  page,
}) => {
  const lever = await openFleet(page);
  const words = "Start is possible in Stopped; this is Running.";
  await lever.hover();
  await expect(tip(page)).toHaveText(words);
  const [above, below] = [await lever.boundingBox(), await tip(page).boundingBox()];
  expect(Math.abs((above?.y ?? 0) - (below?.y ?? 999))).toBeLessThan(80);
  await tip(page).hover();
  await expect(tip(page)).toHaveText(words);
  await lever.hover();
  await page.keyboard.press("Escape");
  await expect(tip(page)).toHaveCount(0);
  await page.mouse.move(0, 0);
  await lever.hover();
  await expect(tip(page)).toBeVisible();
  await page.mouse.down();
  await expect(tip(page)).toHaveCount(0);
  await page.mouse.up();
  await page.mouse.move(0, 0);
  await lever.hover();
  await expect(tip(page)).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(tip(page)).toHaveCount(0);
});

test("the keyboard's focus shows the tip as well, and its words follow the service", async ({ page }) => {
  const lever = await openFleet(page);
  await page.getByRole("link", { name: "steady", exact: true }).focus();
  await page.keyboard.press("Tab");
  await expect(lever).toBeFocused();
  await expect(tip(page)).toContainText("this is Running");
  const api = await signalbox.api();
  await api.command("toys/steady", "stop");
  await api.reaches("toys/steady", "Stopped");
  await expect(tip(page)).not.toContainText("this is Running");
  await expect(lever).toBeFocused();
  await api.command("toys/steady", "start");
  await api.reaches("toys/steady", "Running");
});

test("the theme's menu opens at the first press, by mouse and by keyboard, and gives the focus back", async ({
  page,
}) => {
  await openFleet(page);
  const button = page.getByRole("button", { name: "Theme" });
  await button.click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await page.reload();
  await expect(page.getByText(/^Live/).first()).toBeVisible();
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitemradio", { name: "Dark" })).toHaveAttribute("aria-checked", "true");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(button).toBeFocused();
});
