import { expect, test } from "@playwright/test";
import { sleepers } from "../bench/fleet";
import { Signalbox } from "./support/signalbox";
import { smoothness } from "./support/smoothness";

const services = 2_000;
/** A window's worth, what is kept ready above and below it, and the headings. */
const mostRows = 90;

test(`a fleet of ${services} scrolls and filters: only what is visible is drawn, and every filter is right`, async ({
  page,
}) => {
  test.setTimeout(180_000);
  const signalbox = await Signalbox.start(sleepers(services, false));
  try {
    const api = await signalbox.api();
    await page.goto(signalbox.link);
    const table = page.getByRole("table", { name: "Services" });
    await expect(table).toContainText("sleeper-0");
    await expect(table).toHaveAttribute("aria-rowcount", String(services + 1));
    const drawn = () => table.getByRole("row").count();
    const figures = await smoothness(page, async () => {
      await page.mouse.move(700, 500);
      for (let turn = 0; turn < 60; turn += 1) {
        await page.mouse.wheel(0, turn < 45 ? 900 : -900);
        if (turn % 15 === 0) expect(await drawn(), "rows drawn while scrolling").toBeLessThan(mostRows);
      }
    });
    await page.keyboard.press("End");
    await expect(table.locator(`[aria-rowindex="${services + 1}"]`)).toBeVisible();
    expect(await drawn()).toBeLessThan(mostRows);

    const search = page.getByRole("searchbox", { name: "Search services" });
    const typed = await smoothness(page, async () => {
      await search.pressSequentially("sleeper-123");
      await expect(table).toHaveAttribute("aria-rowcount", "12");
    });
    await expect(table.getByRole("link")).toHaveCount(11);
    await expect(page.getByRole("status", { name: "Result" })).toHaveText(`11 of ${services} services`);
    await search.fill("");
    await expect(table).toHaveAttribute("aria-rowcount", String(services + 1));

    await api.command("toys/sleeper-77", "start");
    await api.reaches("toys/sleeper-77", "Running");
    await page
      .getByRole("group", { name: "Filter by state" })
      .getByRole("button", { name: /Running/ })
      .click();
    await expect(table.getByRole("link")).toHaveText(["sleeper-77"]);
    process.stdout.write(`the large fleet: ${JSON.stringify({ scrolling: figures, typing: typed })}\n`);
  } finally {
    await signalbox.remove();
  }
});
