import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import type { Transition } from "../lib/wire/service";
import { flappingFleet, smallFleet } from "./support/fleets";
import { Signalbox } from "./support/signalbox";
import { Stream } from "./support/stream";

test("a feed that is cut for ten seconds during changes misses nothing and repeats nothing", async () => {
  const signalbox = await Signalbox.start(flappingFleet(6));
  try {
    const api = await signalbox.api();
    const first = await Stream.open(api);
    await sleep(3_000);
    first.close();
    await sleep(10_000);
    const second = await Stream.open(api, first.lastId);
    await sleep(3_000);
    second.close();
    const told = [...first.of<Transition>("transition"), ...second.of<Transition>("transition")];
    const keys = told.map(({ data }) => `${data.id}.${data.revision}`);
    expect(new Set(keys).size).toBe(keys.length);
    const ids = [...first.events, ...second.events].map(({ id }) => Number(id)).filter((id) => id > 0);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    for (let n = 0; n < 6; n += 1) {
      const id = `toys/flap-${n}`;
      const seqs = told.filter(({ data }) => data.service === id).map(({ data }) => data.seq);
      const committed = (await api.history(id)).map(({ seq }) => seq);
      const [from, to] = [seqs[0] ?? 0, seqs.at(-1) ?? 0];
      expect(to - from, `${id} moved while the feed was cut`).toBeGreaterThan(3);
      expect(seqs).toEqual(committed.filter((seq) => seq >= from && seq <= to));
    }
  } finally {
    await signalbox.remove();
  }
});

test("an open page whose connection was cut shows the truth after it is back", async ({ page, context }) => {
  const signalbox = await Signalbox.start(smallFleet);
  try {
    const api = await signalbox.api();
    await api.reaches("toys/steady", "Running");
    await page.goto(signalbox.link);
    await page.goto(`${signalbox.address}/services/toys/steady`);
    const state = page.getByRole("status", { name: "Current state" });
    await expect(state).toContainText("Running");
    await context.setOffline(true);
    const stop = await api.command("toys/steady", "stop");
    await api.reaches("toys/steady", "Stopped");
    await sleep(10_000);
    await context.setOffline(false);
    await expect(state).toContainText("Stopped", { timeout: 30_000 });
    const history = page.getByRole("table", { name: "Transition history" });
    await expect(history.getByText("stopped successfully")).toHaveCount(1);
    expect((await api.fate(stop.body)).status).toBe("proven");
  } finally {
    await signalbox.remove();
  }
});

test("eight tabs of one browser are all live", async ({ context }) => {
  const signalbox = await Signalbox.start(smallFleet);
  try {
    const api = await signalbox.api();
    await api.reaches("toys/steady", "Running");
    const pages = await Promise.all(Array.from({ length: 8 }, () => context.newPage()));
    await pages[0]?.goto(signalbox.link);
    for (const page of pages) await page.goto(`${signalbox.address}/services/toys/steady`);
    await api.command("toys/steady", "stop");
    for (const page of pages)
      await expect(page.getByRole("status", { name: "Current state" })).toContainText("Stopped");
  } finally {
    await signalbox.remove();
  }
});
