import { setTimeout as sleep } from "node:timers/promises";
import { chromium, expect, test } from "@playwright/test";
import { smallFleet } from "./support/fleets";
import { withRecords } from "./support/judge";
import { pidsOf } from "./support/parts";
import { childrenNamed, type Found, kill, processes, until, withDescendants } from "./support/processes";
import { Signalbox } from "./support/signalbox";

const isBrowser = ({ command }: Found) =>
  command.includes("--remote-debugging") && !command.includes("--type=");

/** Long enough for the page to notice; what an hour does beside that is done by hand below. */
const asleepMs = 25_000;

test("a laptop that slept shows the truth when it wakes: its connections died, and the feed has forgotten them", async ({
  launchOptions,
}) => {
  test.skip(process.platform !== "linux", "the browser's processes are looked for in /proc");
  test.setTimeout(180_000);
  const signalbox = await Signalbox.start(smallFleet);
  const others = new Set(processes().map(({ pid }) => pid));
  const browser = await chromium.launch(launchOptions);
  const laptop = () =>
    withDescendants(processes().filter((found) => isBrowser(found) && !others.has(found.pid)));
  try {
    const api = await signalbox.api();
    for (const service of ["steady", "slow-stop"]) await api.reaches(`toys/${service}`, "Running");
    const context = await browser.newContext();
    const [fleet, service] = [await context.newPage(), await context.newPage()];
    await fleet.goto(signalbox.link);
    await service.goto(`${signalbox.address}/services/toys/steady`);
    const current = service.getByRole("status", { name: "Current state" });
    await expect(current).toContainText("Running");
    const rowOf = (which: string) =>
      fleet.getByRole("row").filter({ has: fleet.getByRole("link", { name: which, exact: true }) });
    await expect(rowOf("slow-stop")).toContainText("Running");

    const asleep = laptop();
    expect(asleep.length, "processes of the browser").toBeGreaterThan(3);
    for (const pid of asleep) kill(pid, "SIGSTOP");
    await api.command("toys/slow-stop", "stop");
    await api.reaches("toys/slow-stop", "Stopped");
    const [child] = childrenNamed("toys/steady", signalbox.sign);
    kill(child?.pid ?? 0, "SIGKILL");
    await api.reaches("toys/steady", "Error");
    for (const pid of pidsOf(signalbox.data, "web")) kill(pid, "SIGKILL");
    await withRecords(signalbox.data, (records) => records.forgetFeed());
    await until("the web process is back", () =>
      api.get("/services").then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
    await sleep(asleepMs);
    for (const pid of asleep) kill(pid, "SIGCONT");

    await expect(current).toContainText("Error", { timeout: 20_000 });
    await expect(rowOf("slow-stop")).toContainText("Stopped", { timeout: 20_000 });
    await api.command("toys/steady", "restart");
    await expect(current, "and is live again").toContainText("Running");
    await expect(service.getByRole("table", { name: "Transition history" })).toContainText("SIGKILL");
    await expect(fleet.getByText(/lost/i)).toHaveCount(0);
  } finally {
    for (const pid of laptop()) kill(pid, "SIGCONT");
    await browser.close();
    await signalbox.remove();
  }
});
