import { expect, test } from "@playwright/test";
import { smallFleet } from "./support/fleets";
import { partsOf, until } from "./support/processes";
import { freePort, Signalbox } from "./support/signalbox";
import { Stream } from "./support/stream";

test("the demo fleet is there without any configuration, live, and moves by itself", async ({ page }) => {
  const signalbox = await Signalbox.start(null);
  try {
    expect(signalbox.output).toContain("demo fleet");
    await page.goto(signalbox.link);
    const table = page.getByRole("table", { name: "Services" });
    await expect(table.getByRole("link", { name: "web", exact: true })).toBeVisible();
    await expect(table.getByRole("row").filter({ hasText: "crash-loop" })).toContainText("Error");
    await expect(page.getByRole("group", { name: "Filter by state" })).toContainText("Running");
    const api = await signalbox.api();
    const before = (await api.history("demo/crash-loop")).length;
    await until(
      "it moves by itself",
      async () => (await api.history("demo/crash-loop")).length > before + 1,
      60_000,
    );
    const web = await api.reaches("demo/web", "Running");
    expect(web.contact.status).toBe("live");
  } finally {
    await signalbox.remove();
  }
});

test("a second Signalbox on the same data is refused in one clear line, and the first does not notice", async () => {
  const signalbox = await Signalbox.start(smallFleet);
  try {
    const port = String(await freePort());
    const second = signalbox.spawn({ PORT: port });
    const code = await new Promise((resolve) => second.once("exit", resolve));
    expect(code).toBe(1);
    expect(signalbox.output).toContain("Another Signalbox already runs on this data");
    expect((await fetch(`${signalbox.address}/readyz`)).status).toBe(200);
  } finally {
    await signalbox.remove();
  }
});

test("a taken port and a bad setting each stop the start with one clear line", async () => {
  const signalbox = await Signalbox.start(smallFleet);
  try {
    const sayings: [Record<string, string>, string][] = [
      [{ SIGNALBOX_DATA: `${signalbox.data}-other` }, `Port ${signalbox.port} is taken`],
      [{ PORT: "many" }, "PORT"],
      [{ HOST: "0.0.0.0", SIGNALBOX_DATA: `${signalbox.data}-other` }, "HOST"],
    ];
    for (const [environment, words] of sayings) {
      const child = signalbox.spawn(environment);
      expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(1);
      expect(signalbox.output).toContain(words);
    }
  } finally {
    await signalbox.remove();
  }
});

test("SIGTERM ends the program within five seconds, with streams open, and takes its children along", async () => {
  const signalbox = await Signalbox.start(smallFleet);
  const api = await signalbox.api();
  await api.reaches("toys/stubborn", "Running");
  const stream = await Stream.open(api);
  expect(await signalbox.end()).toBeLessThan(5_000);
  stream.close();
  expect(partsOf(signalbox.data)).toEqual([]);
  await signalbox.start();
  const again = await signalbox.api();
  const rows = await again.history("toys/stubborn");
  expect(rows.filter(({ to }) => to === "Stopping").length).toBeGreaterThan(0);
  expect(
    (await again.get<{ items: unknown[] }>("/services/toys/stubborn/gaps")).body.items.length,
  ).toBeGreaterThan(0);
  await again.reaches("toys/steady", "Running");
  await signalbox.remove();
});
