import { expect, type Page, test } from "@playwright/test";
import { startNode } from "../demo/stand-ins/start-node.mjs";
import type { Service, Transition } from "../lib/wire/service";
import { type Api, faultsOf } from "./support/api";
import { moves, openPage, state } from "./support/pages";
import { until } from "./support/processes";
import { fleetFolder, Signalbox } from "./support/signalbox";

/** One validator of a chain that its stand-in plays alone, and a process that stands for its own. */
let node: Awaited<ReturnType<typeof startNode>>;
let signalbox: Signalbox;
let api: Api;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  node = await startNode({ identity: 1, periodMs: 1_000 });
  signalbox = await Signalbox.start(`
hosts:
  toys: { platform: process }
services:
  - { host: toys, name: node, kind: besu, command: [node, steady.mjs], cwd: "${fleetFolder}", settle: 300ms,
      besu: { rpc: "${node.rpc}", validator: true, minPeers: 2, every: 300ms, timeout: 1s, failures: 2, maxHeadAge: 4s } }
`);
  api = await signalbox.api();
});
test.afterAll(async () => {
  await signalbox?.remove();
  await node?.close();
});

const id = "toys/node";
const truth = (page: Page) => page.getByRole("region", { name: "What is true now" });

async function application(): Promise<Service> {
  return api.service(id);
}

async function movesSince(seq: number): Promise<string[]> {
  const { items } = (await api.get<{ items: Transition[] }>(`/services/${id}/transitions?limit=100`)).body;
  return items
    .filter((move) => move.seq > seq)
    .reverse()
    .map(({ event, to }) => `${event ?? "?"} → ${to}`);
}

test("10,000 blocks behind it is Syncing, says how far and how long yet, and then Synced, Running, Consensus", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await openPage(page, signalbox, `/services/${id}`);
  await expect(state(page)).toContainText("Stopped");
  await node.tell({ sync: { blocks: 10_000, perSecond: 800 } });
  const { seq } = await application();
  await api.command(id, "start");
  await expect(state(page)).toContainText("Syncing");
  await expect(truth(page)).toContainText(/behind [\d,]+ blocks, [\d,.]+ blocks\/s, about .+ left/);
  await until(
    "a share of the way is told",
    async () => ((await application()).application?.sync?.share ?? 0) > 0.2,
  );
  const { application: said, health } = await application();
  expect(said?.sync).toMatchObject({ reason: "behind" });
  expect(said?.sync?.share).toBeLessThan(1);
  expect(health.status).not.toBe("failing");
  // A first sync that makes progress is as it should be.
  expect(said?.disagreement).toBeNull();
  await expect(state(page)).toContainText("Consensus", { timeout: 60_000 });
  expect(await movesSince(seq)).toEqual([
    "start → Starting",
    "sync started → Syncing",
    "head reached → Synced",
    "ready → Running",
    "joined consensus → Consensus",
  ]);
  await expect(moves(page).locator(".history-move").first()).toContainText("Consensus");
  await expect(page.getByRole("figure", { name: "State diagram" })).toHaveAccessibleDescription(/Consensus/);
});

test("a head that freezes is not Running, whatever the process does", async ({ page }) => {
  await openPage(page, signalbox, `/services/${id}`);
  await expect(state(page)).toContainText("Consensus");
  const { seq } = await application();
  await node.tell({ freeze: true });
  await expect(state(page)).toContainText("Syncing", { timeout: 30_000 });
  await expect(truth(page)).toContainText(/head is \d+ s old/);
  await until("the two truths disagree", async () => (await application()).application?.disagreement != null);
  await expect(page.getByText(/head/).first()).toBeVisible();
  expect(await movesSince(seq)).toEqual(["fell behind → Syncing"]);
  await node.tell({ freeze: false });
  await expect(state(page)).toContainText("Consensus", { timeout: 60_000 });
  expect((await application()).application?.disagreement).toBeNull();
});

test("peers that go are named as what is wrong", async ({ page }) => {
  await openPage(page, signalbox, `/services/${id}`);
  await expect(state(page)).toContainText("Consensus", { timeout: 30_000 });
  await node.tell({ peers: 0 });
  await expect(state(page)).toContainText("Syncing", { timeout: 30_000 });
  await expect(truth(page)).toContainText("no peers");
  await node.tell({ peers: null });
  await expect(state(page)).toContainText("Consensus", { timeout: 60_000 });
});

test("an RPC that refuses our host is told with the option that mends it, and moves nothing", async ({
  page,
}) => {
  await openPage(page, signalbox, `/services/${id}`);
  await expect(state(page)).toContainText("Consensus", { timeout: 30_000 });
  const { seq } = await application();
  await node.tell({ refuseHost: true });
  await expect(truth(page)).toContainText("--host-allowlist");
  await expect(state(page)).toContainText("Consensus");
  await until(
    "nothing is claimed of its health",
    async () => (await application()).health.status === "unknown",
  );
  await node.tell({ refuseHost: false });
  await until("it is heard again", async () => (await application()).health.status === "ok");
  expect(await movesSince(seq)).toEqual([]);
});

test("a method that is not enabled, and a login that is asked for, are told with what mends them", async ({
  page,
}) => {
  await openPage(page, signalbox, `/services/${id}`);
  await node.tell({ auth: { user: "operator", password: "a secret of the test" } });
  await expect(truth(page)).toContainText(/besu\.(user|token)|--rpc-http-api-methods-no-auth/);
  await node.tell({ auth: null });
  await until("it is heard again", async () => (await application()).health.status === "ok");
  await node.tell({ apis: ["NET", "WEB3", "ADMIN", "QBFT"] });
  await expect(truth(page)).toContainText("--rpc-http-api");
  await node.tell({ reset: true });
  await until("it is heard again", async () => (await application()).health.status === "ok");
});

test("its history is a chain of declared moves", async () => {
  const history = await api.history(id);
  expect(faultsOf(history)).toEqual([]);
  expect(history.slice(1).filter(({ declared }) => !declared)).toEqual([]);
});
