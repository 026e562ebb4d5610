import { afterAll, beforeAll, expect, test } from "vitest";
import { gap } from "@/db/schema";
import { addHost, addService } from "@/db/test-fleet";
import { now } from "../clock";
import type { PendingAlert } from "../wire/alert";
import { TestApi } from "./test-api";

const minuteUs = 60_000_000;
let api: TestApi;

beforeAll(async () => {
  api = await TestApi.open();
  const { database } = api.store;
  const { at } = now();
  await addHost(database, "away", { contact: "lost", contactReason: "No route." });
  const since = at - 2 * minuteUs;
  const settings = { runbook: null, runs: "x", limits: { error: 150_000, starting: null, stopping: 60_000 } };
  await addService(database, "toys", "fails", { state: "Error", since });
  await addService(database, "toys", "fails-soon", { state: "Error", since, settings });
  await addService(database, "toys", "starts-with-all-time", { state: "Starting", since, settings });
  await addService(database, "toys", "due-and-held", { state: "Stopping", since, settings });
  await addService(database, "toys", "runs", { state: "Running", since });
  await addService(database, "away", "not-seen", { state: "Error", since });
});
afterAll(() => api.close());

const pending = async () => {
  await api.observe();
  const { items } = await (await api.get("/api/v1/pending-alerts")).json();
  return items as PendingAlert[];
};

test("what a rule limits is told with when it fires, the soonest first; what is off, over or not seen is not", async () => {
  const items = await pending();
  expect(items.map(({ service, rule }) => [service, rule])).toEqual([
    ["toys/fails-soon", "error"],
    ["toys/fails", "error"],
  ]);
  for (const { since, firesAt, service } of items)
    expect(Date.parse(firesAt) - Date.parse(since)).toBe(service === "toys/fails" ? 300_000 : 150_000);
});

test("time that nobody saw puts it off", async () => {
  const { at } = now();
  const unseen = { host: "toys", from: at - 3 * minuteUs, to: at - minuteUs, reason: "paused" };
  await api.store.database.db.insert(gap).values({ ...unseen, recovered: false });
  const [first] = await pending();
  // A minute of the gap lies in its Error, which began two minutes ago.
  expect(Date.parse(first?.firesAt ?? "") - Date.parse(first?.since ?? "")).toBeGreaterThan(205_000);
});
