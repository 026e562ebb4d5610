import { expect, type Page, test } from "@playwright/test";
import type { LogLine } from "../lib/wire/service";
import { smallFleet } from "./support/fleets";
import { childrenNamed, kill, until } from "./support/processes";
import { fleetFolder, Signalbox } from "./support/signalbox";

/** Its stop lasts long enough to be seen on two pages of a slow machine. */
const fleet = `${smallFleet}
  - { host: toys, name: lingers, command: [node, steady.mjs], cwd: "${fleetFolder}", autostart: true, settle: 300ms,
      env: { STOP_MS: "5000" } }
`;

let signalbox: Signalbox;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(fleet);
});
test.afterAll(async () => signalbox?.remove());

const state = (page: Page) => page.getByRole("status", { name: "Current state" });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first();

test("a stop in one browser is seen in another, really ends the process, and is history with its author", async ({
  browser,
}) => {
  const api = await signalbox.api();
  await api.reaches("toys/lingers", "Running");
  /** One that was started a moment ago does not hear SIGTERM yet, and dies of it at once. */
  const isUp = () =>
    until("it says that it is up", async () => {
      const [child] = childrenNamed("toys/lingers", signalbox.sign);
      const { status, body } = await api.get<{ items: LogLine[] }>("/services/toys/lingers/logs");
      return status === 200 && body.items.some(({ text }) => text === `steady as ${child?.pid}`);
    });
  const [one, two] = await Promise.all([browser.newContext(), browser.newContext()]);
  const [acting, watching] = [await one.newPage(), await two.newPage()];
  for (const page of [acting, watching]) {
    await page.goto(signalbox.link);
    await page.goto(`${signalbox.address}/services/toys/lingers`);
    await expect(state(page)).toContainText("Running");
  }
  expect(childrenNamed("toys/lingers", signalbox.sign)).toHaveLength(1);
  await isUp();
  await button(acting, "Stop").click();
  await expect(state(watching)).toContainText("Stopping");
  await expect(state(watching)).toContainText("Stopped");
  await expect(state(acting)).toContainText("Stopped");
  expect(childrenNamed("toys/lingers", signalbox.sign)).toEqual([]);

  const rows = await api.history("toys/lingers");
  const [stopping, stopped] = rows.slice(-2);
  expect(stopping).toMatchObject({ from: "Running", to: "Stopping", event: "stop", declared: true });
  expect(stopping?.cause).toMatchObject({ kind: "operator", actor: "local operator" });
  expect(stopping?.inFromMs).toBeGreaterThan(0);
  expect(stopped).toMatchObject({ to: "Stopped", event: "stopped successfully" });
  expect(stopped?.inFromMs).toBeGreaterThanOrEqual(4_900);
  expect(stopping?.commandId).toBeTruthy();
  const command = await api.get<{ status: string; settledAt: string | null }>(
    `/commands/${stopping?.commandId}`,
  );
  expect(["accepted", "proven"]).toContain(command.body.status);
  await until("the stop is proven", async () => {
    const { body } = await api.get<{ status: string }>(`/commands/${stopping?.commandId}`);
    return body.status === "proven";
  });
  await expect(watching.getByRole("table", { name: "Transition history" })).toContainText("local operator");

  await button(acting, "Start").click();
  await expect(state(watching)).toContainText("Running");
  await isUp();
  await button(watching, "Restart").click();
  await expect(state(acting)).toContainText("Restarting");
  await expect(state(acting)).toContainText("Running");
  await Promise.all([one.close(), two.close()]);
});

test("a failed stop is Error, said so, and is reset by keyboard alone", async ({ page }) => {
  const api = await signalbox.api();
  await api.reaches("toys/stubborn", "Running");
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/services/toys/stubborn`);
  await expect(state(page)).toContainText("Running");
  await button(page, "Stop").focus();
  await page.keyboard.press("Enter");
  await expect(state(page)).toContainText("Error");
  const rows = await api.history("toys/stubborn");
  expect(rows.at(-1)).toMatchObject({ from: "Stopping", to: "Error", event: "stop failed" });
  const recovery = page.getByRole("region", { name: "Recovery" });
  await expect(recovery).toBeVisible();
  await button(page, "Reset").focus();
  await page.keyboard.press("Enter");
  await expect(state(page)).toContainText("Stopped");
  expect((await api.history("toys/stubborn")).at(-1)).toMatchObject({ event: "reset", from: "Error" });
});

test("kill -9 of a child by hand is Error with the signal as its cause, on the open page at once", async ({
  page,
}) => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/services/toys/steady`);
  await expect(state(page)).toContainText("Running");
  const [child] = childrenNamed("toys/steady", signalbox.sign);
  kill(child?.pid ?? 0, "SIGKILL");
  await expect(state(page)).toContainText("Error");
  const last = (await api.history("toys/steady")).at(-1);
  expect(last).toMatchObject({ from: "Running", to: "Error", event: "runtime error" });
  expect(last?.cause.kind).toBe("service");
  expect(last?.cause.detail).toContain("SIGKILL");
  await button(page, "Restart").click();
  await expect(state(page)).toContainText("Running");
});

test("a greyed button stays focusable and says why, in the API's own words", async ({ page }) => {
  const api = await signalbox.api();
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/services/toys/once`);
  const stop = button(page, "Stop");
  await expect(stop).toHaveAttribute("aria-disabled", "true");
  await stop.focus();
  await expect(stop).toBeFocused();
  const refused = await api.command("toys/once", "stop");
  expect(refused.status).toBe(409);
  await expect(stop).toHaveAccessibleDescription((refused.body as unknown as { detail: string }).detail);
});

test("a command that does not exist is Error with the reason, and the engine goes on", async () => {
  const api = await signalbox.api();
  const { body } = await api.command("toys/missing", "start");
  const fate = await api.fate(body);
  expect(fate.status).toBe("failed");
  const last = (await api.history("toys/missing")).at(-1);
  expect(last).toMatchObject({ from: "Starting", to: "Error", event: "initialization failed" });
  expect(last?.cause.detail).toContain("no-such-program-anywhere");
  const odd = "toys/odd@a-b_c%5Cx2dd";
  expect((await api.command(odd, "start")).status).toBe(202);
  await api.reaches(odd, "Running");
});
