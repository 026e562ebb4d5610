import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import type { Transition } from "../lib/wire/service";
import { flappingFleet, smallFleet } from "./support/fleets";
import { until } from "./support/processes";
import { Signalbox } from "./support/signalbox";
import { Stream } from "./support/stream";

test("a feed that is cut for ten seconds during changes misses nothing and repeats nothing", async () => {
  const signalbox = await Signalbox.start(flappingFleet(6));
  try {
    const api = await signalbox.api();
    const ids = Array.from({ length: 6 }, (_, n) => `toys/flap-${n}`);
    /** The newest move of each service that this feed has told; 0: none. */
    const newest = (stream: Stream) =>
      ids.map((id) =>
        Math.max(
          0,
          ...stream
            .of<Transition>("transition")
            .filter(({ data }) => data.service === id)
            .map(({ data }) => data.seq),
        ),
      );
    const seqsNow = () => Promise.all(ids.map(async (id) => (await api.service(id)).seq));
    const passes = (now: number[], by: number, before: number[]) =>
      now.every((seq, n) => seq > (before[n] ?? 0) + by);
    const first = await Stream.open(api);
    await until("each has been told of", () => newest(first).every((seq) => seq > 0));
    first.close();
    await first.ended;
    const before = newest(first);
    await sleep(10_000);
    await until("each has moved while it was cut", async () => passes(await seqsNow(), 3, before), 40_000);
    const missed = await seqsNow();
    const second = await Stream.open(api, first.lastId);
    await until("each has been told of anew", () => passes(newest(second), 0, missed), 40_000);
    second.close();
    const told = [...first.of<Transition>("transition"), ...second.of<Transition>("transition")];
    const keys = told.map(({ data }) => `${data.id}.${data.revision}`);
    expect(new Set(keys).size).toBe(keys.length);
    const order = [...first.events, ...second.events].map(({ id }) => Number(id)).filter((id) => id > 0);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    for (const id of ids) {
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
