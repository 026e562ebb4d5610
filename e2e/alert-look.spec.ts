import { setTimeout as sleep } from "node:timers/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { childrenNamed, kill } from "./support/processes";
import { fleetFolder, Signalbox } from "./support/signalbox";

const fleet = `
alerts: { error: 1s, commandFailed: false, thrash: off }
hosts:
  toys: { platform: process }
services:
${["one", "two", "three"]
  .map(
    (name) => `  - { host: toys, name: ${name}, command: [node, steady.mjs], cwd: "${fleetFolder}",
      autostart: true, settle: 300ms }`,
  )
  .join("\n")}
`;

let signalbox: Signalbox;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(fleet);
});
test.afterAll(async () => signalbox?.remove());

function fell(name: string): void {
  for (const { pid } of childrenNamed(`toys/${name}`, signalbox.sign)) kill(pid, "SIGKILL");
}

const firing = (page: Page) => page.getByRole("list", { name: "Firing alerts" }).locator("[data-alert]");

test("one alert is told once by the browser, however many tabs are open, and a press on it leads there", async ({
  browser,
}) => {
  const api = await signalbox.api();
  for (const name of ["one", "two", "three"]) await api.reaches(`toys/${name}`, "Running");
  const context = await browser.newContext();
  await context.grantPermissions(["notifications"], { origin: signalbox.address });
  // What the page shows stays the browser's own; it is only counted.
  await context.addInitScript(() => {
    const Real = window.Notification;
    const told: Notification[] = [];
    Object.assign(window, { told });
    window.Notification = new Proxy(Real, {
      construct(target, [title, options]: [string, NotificationOptions]) {
        const notice = new target(title, options);
        told.push(notice);
        return notice;
      },
    });
  });
  const told = (page: Page) =>
    page.evaluate(() => (window as unknown as { told: Notification[] }).told.map(({ title }) => title));
  const first = await context.newPage();
  await first.goto(signalbox.link);
  await first.goto(`${signalbox.address}/settings`);
  await first.getByLabel("Critical alerts", { exact: true }).check();
  await expect.poll(() => told(first)).toEqual(["Signalbox tells of alerts here"]);
  const [second, third] = [await context.newPage(), await context.newPage()];
  for (const page of [second, third]) {
    await page.goto(`${signalbox.address}/alerts`);
    await expect(page.getByText("Nothing needs you.")).toBeVisible();
  }
  fell("one");
  await expect(firing(second)).toHaveCount(1);
  const all = async () =>
    (await Promise.all([first, second, third].map(told)))
      .flat()
      .filter((title) => title.startsWith("Critical"));
  await expect.poll(all).toEqual([expect.stringMatching(/^Critical: toys\/one has been in Error/)]);
  for (const [at, name] of ["two", "three"].entries()) {
    fell(name);
    for (const page of [second, third]) await expect(firing(page)).toHaveCount(at + 2);
    await expect.poll(async () => (await all()).length).toBeGreaterThanOrEqual(at + 2);
    // Whoever else might tell of it has the time to.
    await sleep(500);
    expect(await all()).toHaveLength(at + 2);
  }
  const tells = await Promise.all([first, second, third].map(async (page) => (await told(page)).length > 0));
  const teller = [first, second, third][tells.lastIndexOf(true)] ?? first;
  await teller.evaluate(() => {
    const { told } = window as unknown as { told: Notification[] };
    told.at(-1)?.dispatchEvent(new Event("click"));
  });
  await expect(teller).toHaveURL(/\/services\/toys\/(one|two|three)$/);
  await context.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`alerts, their dialogs and the settings offend against no rule: ${colorScheme}, ${width} px`, async ({
      browser,
    }) => {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 900 },
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      const look = async () => (await new AxeBuilder({ page }).analyze()).violations;
      fell("one");
      await page.goto(signalbox.link);
      await page.goto(`${signalbox.address}/alerts`);
      await expect(firing(page).first()).toBeVisible();
      await firing(page)
        .first()
        .getByRole("button", { name: /History of/ })
        .click();
      await expect(firing(page).first().getByRole("list")).toContainText("Fired");
      const offences = [...(await look())];
      await firing(page).first().getByRole("button", { name: "Silence…" }).click();
      const silence = page.getByRole("dialog", { name: "Silence alerts" });
      await silence.getByLabel("Until…").check();
      await silence.getByRole("button", { name: "Silence", exact: true }).click();
      await expect(silence.getByText(/Say why/)).toBeVisible();
      offences.push(...(await look()));
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Plan a maintenance…" }).click();
      await expect(page.getByRole("dialog", { name: "Plan a maintenance" })).toBeVisible();
      offences.push(...(await look()));
      await page.goto(`${signalbox.address}/services/toys/one`);
      await expect(page.getByRole("region", { name: "Alerts" })).toBeVisible();
      const alerts = new AxeBuilder({ page }).include('section[aria-label="Alerts"]');
      offences.push(...(await alerts.analyze()).violations);
      await page.goto(`${signalbox.address}/settings`);
      await expect(page.getByRole("table", { name: "Alert rules" })).toBeVisible();
      offences.push(...(await look()));
      expect(
        offences.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
      ).toEqual([]);
      await context.close();
    });
  }
}
