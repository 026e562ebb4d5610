import { setTimeout as sleep } from "node:timers/promises";
import { devices, expect, test } from "@playwright/test";
import { Follower } from "./support/follower";
import { openLine } from "./support/line";
import { childrenNamed, kill } from "./support/processes";
import { Signalbox } from "./support/signalbox";
import { stormFleet } from "./support/storm-fleet";

const services = 40;
/** A mobile network on a bad day, and a processor that takes six times as long. */
const network = { delayMs: 200, bytesPerSecond: 50_000 };
const slowerBy = 6;
const quiet = `  - { host: toys, name: quiet, command: [sleep, "100000"], autostart: true, settle: 100ms }\n`;

test("a slow phone on a slow network follows a fleet in uproar, and its buttons work", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const fleet = stormFleet({ services, minMs: 500, spanMs: 4_000 }, "/dev/null");
  const signalbox = await Signalbox.start(fleet + quiet);
  const line = await openLine(signalbox.port, network);
  const { defaultBrowserType: _, ...phone } = devices["Pixel 7"];
  const context = await browser.newContext(phone);
  const api = await signalbox.api();
  const follower = new Follower(api);
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowerBy });
    const before = performance.now();
    await page.goto(signalbox.link.replace(`:${signalbox.port}/`, `:${line.port}/`));
    const table = page.getByRole("table", { name: "Services" });
    await expect(table).toContainText("storm-0", { timeout: 60_000 });
    const usableMs = Math.round(performance.now() - before);

    await page.getByRole("searchbox", { name: "Search services" }).fill("quiet");
    await expect(table.getByRole("link")).toHaveCount(1);
    const row = table
      .getByRole("row")
      .filter({ has: page.getByRole("link", { name: "quiet", exact: true }) });
    await expect(row).toContainText("Running");
    const told = follower.tellings.length;
    await sleep(15_000);
    const [child] = childrenNamed("toys/quiet", signalbox.sign);
    kill(child?.pid ?? 0, "SIGKILL");
    const killed = performance.now();
    await expect(row).toContainText("Error");
    const seenMs = Math.round(performance.now() - killed);
    await row.getByRole("button", { name: "Restart quiet" }).tap();
    await expect(row).toContainText("Running");
    await expect(page.getByText(/Not connected|Reconnecting/)).toHaveCount(0);

    // What a phone cannot show at once is not heaped up either: it is where the fleet is.
    await page.getByRole("searchbox", { name: "Search services" }).fill("storm-7");
    await row.waitFor({ state: "detached" });
    const state = (await api.service("toys/storm-7")).seq;
    await expect
      .poll(async () => (await api.service("toys/storm-7")).seq, { timeout: 30_000 })
      .toBeGreaterThan(state);
    process.stdout.write(
      `the slow phone: ${JSON.stringify({ usableMs, seenMs, toldMeanwhile: follower.tellings.length - told })}\n`,
    );
    expect(follower.tellings.length - told).toBeGreaterThan(50);
  } finally {
    follower.close();
    await context.close();
    await line.close();
    await signalbox.remove();
  }
});
