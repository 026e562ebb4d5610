import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { answerUsage, readWantedUsage } from "@/db/write/usage-watch";
import { now, toRfc3339 } from "../../clock";
import { type Usage, usageSchema } from "../../wire/service";
import { TestApi } from "../test-api";

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.observe();
  await api.store.database.sql`DELETE FROM usage_watch`;
});

const db = () => api.store.database.db;
const reading = (tasks: number): Usage => ({
  at: toRfc3339(now().at),
  running: true,
  memoryBytes: 4_096,
  cpuUs: 1_000,
  cpuShare: 0.5,
  tasks,
});

/** What an engine does: waits until somebody looks at a service. */
async function nextWanted(): Promise<number> {
  for (;;) {
    const [wanted] = await readWantedUsage(db());
    if (wanted !== undefined) return wanted;
    await sleep(10);
  }
}

test("what a service uses is read when it is asked for, in the contract's shape", async () => {
  const asked = api.get("/api/v1/services/toys/echo/usage");
  const told = reading(3);
  expect(await answerUsage(db(), await nextWanted(), told)).toBe(true);
  const response = await asked;
  expect(response.status).toBe(200);
  expect(usageSchema.strict().parse(await response.json())).toEqual(told);
});

test("an old reading is not taken for what is used now, and an engine that does not answer is a timeout", async () => {
  const [first] = [api.get("/api/v1/services/toys/echo/usage")];
  await answerUsage(db(), await nextWanted(), reading(1));
  await first;
  await api.store.database.sql`UPDATE usage_watch SET answered_at = answered_at - 60000000`;
  const asked = await api.get("/api/v1/services/toys/echo/usage");
  expect(asked.status).toBe(504);
  expect(await asked.json()).toMatchObject({ code: "usage-timeout" });
});

test.each([
  ["/usage?follow=true", ["usage", "usage"]],
  ["/logs?follow=true&usage=true", ["usage", "usage"]],
])(
  "%s tells every new reading once, and nothing is wanted when the listener went",
  async (address, events) => {
    const leaving = new AbortController();
    const response = await api.get(`/api/v1/services/toys/echo${address}`, { signal: leaving.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const until = async (part: string) => {
      while (!text.includes(part)) text += (await reader?.read())?.value ?? "";
    };
    await until("retry");
    const wanted = await nextWanted();
    await answerUsage(db(), wanted, reading(1));
    await until('"tasks":1');
    await answerUsage(db(), wanted, reading(2));
    await until('"tasks":2');
    expect(
      [...text.matchAll(/^event: (\w+)$/gm)].map(([, event]) => event).filter((e) => e !== "ping"),
    ).toEqual(events);
    leaving.abort();
    while ((await readWantedUsage(db())).length > 0) await sleep(100);
  },
);
