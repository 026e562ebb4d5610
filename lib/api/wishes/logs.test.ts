import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { channels } from "@/db/channels";
import { readService } from "@/db/read/services";
import { host } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { addHost, addService } from "@/db/test-fleet";
import { logChunk, logRequest } from "@/db/wish-schema";
import { now } from "../../clock";
import { Hub } from "../../feed/hub";
import type { LogLine } from "../../wire/service";
import { fetchLog } from "./fetch-log";
import { followWishes } from "./follow-wishes";
import { LogWish } from "./log-wish";

let store: TestDatabase;
let hub: Hub;
let serviceId: number;

beforeAll(async () => {
  store = await openTestDatabase();
  await addHost(store.database, "toys");
  serviceId = await addService(store.database, "toys", "echo");
  hub = new Hub(store.target);
  hub.start();
  await hub.ready(10_000);
});
afterAll(async () => {
  await hub.close();
  await store.close();
});
beforeEach(async () => {
  await store.database.db.update(host).set({ observedUntil: now().at, epoch: 1 });
});

const line = (text: string, priority: number | null = null): LogLine => ({
  at: null,
  priority,
  text,
  stream: "out",
});
const query = { lines: 100, grep: null, priority: null, around: null };
const never = new AbortController().signal;

/** What an engine does: waits for a wish and answers it in chunks. */
async function nextWish() {
  for (;;) {
    const [wish] = await store.database.db
      .update(logRequest)
      .set({ claimed: true })
      .where(eq(logRequest.claimed, false))
      .returning();
    if (wish) return wish;
    await sleep(10);
  }
}

async function answer(requestId: string, lines: LogLine[], ended: string | null): Promise<void> {
  await store.database.db.insert(logChunk).values({ requestId, lines, ended });
  await store.database.db.execute(sql`SELECT pg_notify(${channels.answer}, '')`);
}

async function leftovers(): Promise<number> {
  const [wishes, chunks] = [
    await store.database.db.select().from(logRequest),
    await store.database.db.select().from(logChunk),
  ];
  return wishes.length + chunks.length;
}

test("the engine's answer is given whole, in order, and nothing of it is left in the database", async () => {
  const asked = fetchLog(store.database, hub, { ...query, serviceId, lines: 7, grep: "a'%" }, never);
  const wish = await nextWish();
  expect(wish).toMatchObject({ serviceId, lines: 7, grep: "a'%", follow: false });
  await answer(wish.id, [line("one"), line("two")], null);
  await answer(wish.id, [line("three")], "");
  expect((await asked).map(({ text }) => text)).toEqual(["one", "two", "three"]);
  expect(await leftovers()).toBe(0);
});

test("a log that cannot be read is the engine's sentence", async () => {
  const asked = fetchLog(store.database, hub, { ...query, serviceId }, never);
  await answer((await nextWish()).id, [], "The log could not be read.");
  await expect(asked).rejects.toMatchObject({ code: "log-failed", message: "The log could not be read." });
});

test("an engine that does not answer is a timeout", async () => {
  const asked = fetchLog(store.database, hub, { ...query, serviceId }, never);
  await expect(asked).rejects.toMatchObject({ code: "log-timeout" });
  expect(await leftovers()).toBe(0);
});

test("how urgent lines have to be, and around which instant, is asked of the engine", async () => {
  const around = 1_795_000_000_123_456;
  const asked = fetchLog(store.database, hub, { ...query, serviceId, priority: 4, around }, never);
  const wish = await nextWish();
  expect(wish).toMatchObject({ priority: 4, around, follow: false });
  await answer(wish.id, [], "");
  expect(await asked).toEqual([]);
});

async function follow() {
  const record = await readService(store.database.db, "toys", "echo");
  if (!record) throw new Error("the service is missing");
  const leaving = new AbortController();
  const wish = new LogWish(store.database, { ...query, serviceId, follow: true });
  const stream = followWishes(store.database, hub, record, [wish], leaving.signal);
  const read = async () => new TextDecoder().decode((await stream.next()).value ?? undefined);
  expect(await read()).toBe("retry: 1000\n\n");
  return { stream, read, leave: () => leaving.abort() };
}

test("a followed log sends what there is, then what comes, and lets the engine go when nobody listens", async () => {
  const { stream, read, leave } = await follow();
  const first = read();
  const wish = await nextWish();
  expect(wish.follow).toBe(true);
  await answer(wish.id, [line("old\nline"), line("newer")], null);
  const [one, two] = (await first).trimEnd().split("\n\n");
  expect(one).toMatch(/^event: line\ndata: .*"old\\nline".*$/);
  expect(two).toMatch(/^event: line\ndata: .*"newer".*$/);
  const second = read();
  await answer(wish.id, [line("live")], null);
  expect(await second).toContain('"live"');
  const last = stream.next();
  leave();
  expect((await last).done).toBe(true);
  expect(await leftovers()).toBe(0);
});

test("a followed log ends with a word when the engine that followed it is gone", async () => {
  const { read, leave } = await follow();
  await store.database.db.update(host).set({ epoch: 2, observedUntil: now().at + 60_000_000 });
  expect(await read()).toBe(`event: end\ndata: {"reason":"The engine was started again."}\n\n`);
  leave();
});
