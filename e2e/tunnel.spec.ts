import { setTimeout as sleep } from "node:timers/promises";
import { expect, type Page, test } from "@playwright/test";
import type { Transition } from "../lib/wire/service";
import { type Api, faultsOf } from "./support/api";
import { startAgain } from "./support/back-again";
import { button, moves, openPage, row, state } from "./support/pages";
import { killAll, until } from "./support/processes";
import { SystemdHost } from "./support/systemd-host";
import { TunnelHost } from "./support/tunnel-host";

const why = SystemdHost.whyNot();
test.skip(why !== null, why ?? "");
test.describe.configure({ mode: "serial", timeout: 240_000 });

/** What is seen of a tunnel takes its back-off of up to 16 s, and the idle time of 5 s before. */
const patient = { timeout: 60_000 };
const places = ["near", "far"] as const;
const disagree = /Process and application disagree/;

let tunnels: TunnelHost;
let api: Api;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  tunnels = await TunnelHost.open();
  api = await tunnels.signalbox.api();
  for (const place of places) {
    await api.reaches(`${place}/tunnel`, "Stopped", 60_000);
    // A glimpse of it comes before its history has been read back.
    await until("it has a history", async () => (await api.service(`${place}/tunnel`)).seq > 0, 60_000);
  }
});
test.afterEach(async () => {
  const info = test.info();
  if (info.status === info.expectedStatus || !tunnels) return;
  const { stdout } = await tunnels.host.run("journalctl", "--no-pager", "--lines=300", "--unit=sb-*");
  await info.attach("journal", { body: stdout, contentType: "text/plain" });
});
test.afterAll(async () => tunnels?.remove());

const open = (page: Page, address: string) => openPage(page, tunnels.signalbox, address);
const edges = (rows: readonly Transition[]) => rows.map(({ from, to }) => `${from} → ${to}`);
const since = async (id: string, seq: number) => (await api.history(id)).slice(seq);
/** What an attribution that comes late does not change. */
const movesOf = async (id: string) => (await api.history(id)).map(({ revision, cause, ...move }) => move);
const isWell = (id: string) =>
  until(
    `${id} runs with all its connections`,
    async () => {
      const { state: now, health } = await api.service(id);
      return now === "Running" && health.status === "ok" && health.have === 4;
    },
    60_000,
  );

test("without an edge it is Connecting while systemd has it activating; with one it is Connected and Running", async ({
  page,
}) => {
  const { seq } = await api.service("far/tunnel");
  await open(page, "/services/far/tunnel");
  await expect(state(page)).toContainText(/Stopped.*observed now/);
  await button(page, "Start").click();
  await expect(state(page)).toContainText("Connecting", patient);
  expect(await tunnels.systemdSays("sb-tunnel.service")).toBe("activating/start");
  const [started] = await since("far/tunnel", seq);
  const order = (await api.get<{ status: string }>(`/commands/${started?.commandId}`)).body;
  expect(order.status, "a process is not what a start was for").toBe("accepted");
  // It is still starting for systemd as well: so far nothing disagrees.
  await expect(state(page)).not.toContainText(disagree);
  await tunnels.startEdge();
  await expect(state(page)).toContainText("Running", patient);
  await isWell("far/tunnel");
  await expect(page.getByRole("list", { name: "Connections with the edge" })).toContainText("fra08");
  expect(await tunnels.systemdSays("sb-tunnel.service")).toBe("active/running");
  for (const place of places) {
    await isWell(`${place}/tunnel`);
    expect(edges(await since(`${place}/tunnel`, seq))).toEqual([
      "Stopped → Starting",
      "Starting → Connecting",
      "Connecting → Connected",
      "Connected → Running",
    ]);
  }
  const { body } = await api.get<Parameters<Api["fate"]>[0]>(`/commands/${started?.commandId}`);
  expect(await api.fate(body)).toMatchObject({ status: "proven" });
});

test("with two of its connections it runs, degraded", async ({ page }) => {
  const { seq } = await api.service("far/tunnel");
  await open(page, "/services/far/tunnel");
  await tunnels.tellEdge({ most: 2 });
  await expect(state(page)).toContainText(/Running.*2 of 4/, patient);
  await expect(page.getByRole("region", { name: "What is true now" })).toContainText(/2 of 4/);
  for (const place of places)
    await until(`${place} has two`, async () => (await api.service(`${place}/tunnel`)).health.have === 2);
  expect((await api.service("far/tunnel")).health).toMatchObject({ status: "degraded", have: 2, want: 4 });
  expect(await since("far/tunnel", seq)).toEqual([]);
});

test("its edge goes: Reconnecting although systemd has it running, and the page says that they disagree", async ({
  page,
}) => {
  const { seq } = await api.service("far/tunnel");
  await open(page, "/services/far/tunnel");
  await tunnels.stopEdge();
  await expect(state(page)).toContainText("Reconnecting", patient);
  expect(await tunnels.systemdSays("sb-tunnel.service")).toBe("active/running");
  await expect(state(page)).toContainText(disagree);
  await expect(state(page)).toContainText(/has no connection with Cloudflare's edge/);
  await expect(moves(page).locator(".history-move").first()).toContainText(/Running.*Reconnecting/);
  await page.goto(`${tunnels.signalbox.address}/`);
  await expect(row(page, "far/tunnel")).toContainText(/disagree.*Reconnecting/);
  await tunnels.startEdge();
  await expect(row(page, "far/tunnel")).toContainText("Running", patient);
  for (const place of places) {
    await isWell(`${place}/tunnel`);
    expect((await api.service(`${place}/tunnel`)).application?.disagreement).toBeNull();
    const [lost, ...back] = await since(`${place}/tunnel`, seq);
    expect(edges([lost as Transition, ...back])).toEqual([
      "Running → Reconnecting",
      "Reconnecting → Connected",
      "Connected → Running",
    ]);
    expect(lost).toMatchObject({ source: "probe", cause: { kind: "network" }, evidence: { status: 503 } });
  }
});

test("systemd calls one active that never had a connection: Connecting, with the disagreement", async ({
  page,
}) => {
  await tunnels.host.systemctl("start", "sb-plain.service");
  await open(page, "/services/far/plain");
  await expect(state(page)).toContainText("Connecting", patient);
  await expect(state(page)).toContainText(disagree);
  expect(await tunnels.systemdSays("sb-plain.service")).toBe("active/running");
  for (const place of places)
    await until(
      `${place} says that they disagree`,
      async () => (await api.service(`${place}/plain`)).application?.disagreement != null,
    );
  expect(edges((await api.history("far/plain")).slice(-2))).toEqual([
    "Stopped → Starting",
    "Starting → Connecting",
  ]);
});

test("killed while Reconnecting it goes on from there, and nothing is invented", async ({ page }) => {
  await tunnels.stopEdge();
  for (const place of places) await api.reaches(`${place}/tunnel`, "Reconnecting", 60_000);
  const ids = places.flatMap((place) => [`${place}/tunnel`, `${place}/plain`]);
  const before = await Promise.all(ids.map(movesOf));
  const { signalbox } = tunnels;
  if (killAll(signalbox.data) < 4) throw new Error("not all of Signalbox was there to be killed");
  await sleep(2_000);
  await startAgain(signalbox);
  api = await signalbox.api();
  for (const id of ids)
    await until(
      `${id} is seen, and disagrees`,
      async () => {
        const { contact, application } = await api.service(id);
        return contact.status === "live" && application?.disagreement != null;
      },
      60_000,
    );
  // It is asked a few times more.
  await sleep(3_000);
  expect(await Promise.all(ids.map(movesOf))).toEqual(before);
  await open(page, "/services/far/tunnel");
  await expect(state(page)).toContainText("Reconnecting");
  await expect(state(page)).toContainText(disagree);
  await tunnels.startEdge();
  await expect(state(page)).toContainText("Running", patient);
  for (const id of ["near/tunnel", "far/tunnel"]) {
    await isWell(id);
    expect(edges((await api.history(id)).slice(-3))).toEqual([
      "Running → Reconnecting",
      "Reconnecting → Connected",
      "Connected → Running",
    ]);
  }
});

test("killed while it runs and stopped meanwhile, it says nothing more of itself", async () => {
  const { signalbox, host } = tunnels;
  await isWell("far/tunnel");
  if (killAll(signalbox.data) < 4) throw new Error("not all of Signalbox was there to be killed");
  await host.systemctl("stop", "sb-tunnel.service");
  await startAgain(signalbox);
  api = await signalbox.api();
  for (const place of places) {
    await api.reaches(`${place}/tunnel`, "Stopped", 60_000);
    await until(
      `${place} says nothing`,
      async () => (await api.service(`${place}/tunnel`)).application === null,
    );
    expect((await api.service(`${place}/tunnel`)).health.status).toBe("unknown");
  }
  // The edge is there: what nobody sees of its start is told as the first that is seen.
  await host.systemctl("start", "sb-tunnel.service");
  for (const place of places) await isWell(`${place}/tunnel`);
});

test("while the line is cut nothing moves and the row is hatched; after it what is seen goes on", async ({
  page,
}) => {
  const { host } = tunnels;
  await isWell("far/tunnel");
  await open(page, "/");
  const lamp = row(page, "far/tunnel").locator(".lamp");
  await expect(lamp).toHaveAttribute("data-observed", "true");
  const seqs = async () =>
    Promise.all(["far/tunnel", "far/plain"].map(async (id) => (await api.service(id)).seq));
  const before = await seqs();
  await host.cut();
  await expect(row(page, "far/tunnel")).toContainText(/not observed\s+since/, patient);
  await expect(lamp).toHaveAttribute("data-observed", "false");
  await tunnels.stopEdge();
  await api.reaches("near/tunnel", "Reconnecting", 60_000);
  await expect(row(page, "far/tunnel")).toContainText("Running");
  expect(await seqs()).toEqual(before);
  await host.mend();
  await expect(row(page, "far/tunnel")).toContainText("Reconnecting", patient);
  await expect(lamp).toHaveAttribute("data-observed", "true");
  expect(edges(await since("far/tunnel", before[0] ?? 0))).toEqual(["Running → Reconnecting"]);
  expect(await since("far/plain", before[1] ?? 0)).toEqual([]);
  for (const id of ["far/tunnel", "far/plain"])
    await until(`${id} still disagrees`, async () => {
      const { application, health } = await api.service(id);
      return application?.disagreement != null && health.status === "failing";
    });
  expect((await api.gaps("far/tunnel"))[0]).toMatchObject({ recovered: true });
});

test("one that is Reconnecting is stopped by the button, and that is proven", async ({ page }) => {
  await open(page, "/services/far/tunnel");
  await expect(state(page)).toContainText("Reconnecting");
  const { seq } = await api.service("far/tunnel");
  await button(page, "Stop").click();
  await expect(state(page)).toContainText("Stopped", patient);
  const told = await since("far/tunnel", seq);
  expect(edges(told)).toEqual(["Reconnecting → Stopping", "Stopping → Stopped"]);
  const { body } = await api.get<Parameters<Api["fate"]>[0]>(`/commands/${told[0]?.commandId}`);
  expect(await api.fate(body)).toMatchObject({ status: "proven" });
  await expect(state(page)).not.toContainText(disagree);
  expect(await tunnels.systemdSays("sb-tunnel.service")).toBe("inactive/dead");
});

test("one that is Connecting is stopped by the button, and that is proven", async ({ page }) => {
  await open(page, "/services/far/plain");
  await expect(state(page)).toContainText("Connecting");
  const { seq } = await api.service("far/plain");
  await button(page, "Stop").click();
  await expect(state(page)).toContainText("Stopped", patient);
  const told = await since("far/plain", seq);
  expect(edges(told)).toEqual(["Connecting → Stopping", "Stopping → Stopped"]);
  const { body } = await api.get<Parameters<Api["fate"]>[0]>(`/commands/${told[0]?.commandId}`);
  expect(await api.fate(body)).toMatchObject({ status: "proven" });
});

test("a start that systemd calls done stays open while it is Connecting, and a stop calls it off", async () => {
  const { body: start } = await api.command("far/plain", "start");
  await api.reaches("far/plain", "Connecting", 60_000);
  expect(await tunnels.systemdSays("sb-plain.service")).toBe("active/running");
  // Longer than any start of a process takes to be proven.
  await sleep(7_000);
  const { body: still } = await api.get<typeof start>(`/commands/${start.id}`);
  expect(still).toMatchObject({ status: "accepted", settledAt: null });
  const { body: stop } = await api.command("far/plain", "stop", { override: "busy" });
  expect(await api.fate(stop)).toMatchObject({ status: "proven" });
  expect(await api.fate(start)).toMatchObject({ status: "failed" });
});

test("a start of one whose edge is not there fails in systemd's own words, and goes on as its loop", async ({
  page,
}) => {
  await open(page, "/services/far/loop");
  await expect(state(page)).toContainText(/Stopped.*observed now/);
  await button(page, "Start").click();
  await expect(state(page)).toContainText(/Starting|Connecting|Error/);
  const first = async () => (await api.history("far/loop")).find(({ to }) => to === "Error");
  await until("its first start has failed", async () => (await first()) !== undefined, 60_000);
  const { body } = await api.get<Parameters<Api["fate"]>[0]>(
    `/commands/${(await api.history("far/loop"))[1]?.commandId}`,
  );
  const fate = await api.fate(body, 60_000);
  expect(fate.status).toBe("failed");
  expect(fate.detail).toMatch(/^Error instead: .*(time|timed)/);
  await until(
    "it says how often it has tried in vain",
    async () =>
      /in \d+ starts: no connection came of it/.test((await api.service("far/loop")).activity ?? ""),
    60_000,
  );
  const rows = await api.history("far/loop");
  expect(rows.map(({ to }) => to)).not.toContain("Running");
  expect(edges(rows.slice(1, 5))).toEqual([
    "Stopped → Starting",
    "Starting → Connecting",
    "Connecting → Error",
    "Error → Starting",
  ]);
  const { body: stop } = await api.command("far/loop", "stop");
  if (stop.id) expect(await api.fate(stop)).toMatchObject({ status: "proven" });
  await tunnels.host.systemctl("stop", "sb-loop.service");
  await api.reaches("far/loop", "Stopped");
});

test("it has moved by declared edges only, and never came to Running while /ready said 503", async () => {
  const record = tunnels.record();
  expect(record.filter(({ status }) => status === 503).length).toBeGreaterThan(20);
  expect(record.filter(({ status }) => status === 200).length).toBeGreaterThan(20);
  for (const place of places)
    for (const name of ["tunnel", "plain", "loop"]) {
      const rows = await api.history(`${place}/${name}`);
      expect(faultsOf(rows), `${place}/${name}`).toEqual([]);
      expect(
        rows.slice(1).filter(({ declared }) => !declared),
        `${place}/${name}`,
      ).toEqual([]);
      const running = rows.filter(({ to }) => to === "Running");
      if (name !== "tunnel") expect(running).toEqual([]);
      for (const { at, evidence, source } of running) {
        expect([source, evidence.status]).toEqual(["probe", 200]);
        const us = Date.parse(at) * 1000;
        // Two clocks are compared here: ours, put by what is known of the host's, and the host's own.
        const near = record.filter((each) => Math.abs(each.at - us) < 1_000_000);
        expect(
          near.some(({ status }) => status === 200),
          `${place} at ${at}`,
        ).toBe(true);
      }
    }
});
