import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { notification, notificationChannel } from "@/db/alert-schema";
import { audit } from "@/db/schema";
import { syncChannels } from "@/db/write/sync-channels";
import { tokenCommand } from "../auth/token-command";
import { channelSchema } from "../wire/alert";
import { TestApi } from "./test-api";

let api: TestApi;
const at = 1_796_000_000_000_000;

beforeAll(async () => {
  api = await TestApi.open();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterAll(() => api.close());
beforeEach(async () => {
  const { database } = api.store;
  await database.db.delete(notification);
  const names = ["chat", "hook", "mail"];
  await syncChannels(
    database,
    names.map((name) => ({ name, kind: name === "mail" ? "email" : "webhook", target: "ops.example.net" })),
    at,
  );
});

describe("channels", () => {
  test("are told with what waits, what was given up, and why, page by page", async () => {
    const { db } = api.store.database;
    const row = { channel: "hook", payload: {}, createdAt: at, nextAt: at };
    await db.insert(notification).values([
      { ...row, id: "1", eventId: 1, status: "queued" },
      { ...row, id: "2", eventId: 2, status: "given-up" },
      { ...row, id: "3", eventId: null, status: "given-up" },
      { ...row, id: "4", eventId: 4, status: "sent" },
    ]);
    const news = { lastSentAt: at, lastErrorAt: at + 1, lastError: "HTTP 500" };
    await db.update(notificationChannel).set(news).where(eq(notificationChannel.name, "hook"));
    const first = await (await api.get("/api/v1/channels?limit=2")).json();
    const second = await (await api.get(`/api/v1/channels?limit=2&cursor=${first.next}`)).json();
    const all = [...first.items, ...second.items].map((item) => channelSchema.strict().parse(item));
    expect(all.map(({ name }) => name)).toEqual(["chat", "hook", "mail"]);
    expect(all[0]).toMatchObject({ waiting: 0, givenUp: 0, lastSentAt: null, lastError: null });
    expect(all[1]).toEqual({
      ...{ name: "hook", kind: "webhook", target: "ops.example.net", waiting: 1, givenUp: 1 },
      ...{ lastSentAt: "2026-11-30T00:53:20.000000Z", lastErrorAt: "2026-11-30T00:53:20.000001Z" },
      lastError: "HTTP 500",
    });
  });

  test("that left the configuration are not told of, nor tried", async () => {
    await syncChannels(api.store.database, [{ name: "hook", kind: "webhook", target: "x" }], at);
    const { items } = await (await api.get("/api/v1/channels")).json();
    expect(items.map(({ name }: { name: string }) => name)).toEqual(["hook"]);
    expect((await api.post("/api/v1/channels/mail/test", {})).status).toBe(404);
  });
});

describe("a test of a channel", () => {
  test("is queued once, however often it is asked for before it went out, and written down", async () => {
    const first = await api.post("/api/v1/channels/hook/test", {});
    expect(first.status).toBe(202);
    const told = await first.json();
    expect(told).toMatchObject({ channel: "hook" });
    expect(await (await api.post("/api/v1/channels/hook/test", {})).json()).toEqual(told);
    const { db } = api.store.database;
    const rows = await db.select().from(notification);
    expect(rows).toMatchObject([{ id: told.id, channel: "hook", eventId: null, status: "queued" }]);
    expect(rows[0]?.payload).toMatchObject({ tag: "test", by: "tester" });
    const [entry] = await db.select().from(audit).orderBy(desc(audit.id)).limit(1);
    expect(entry).toMatchObject({ actor: "tester", action: "channel test", target: "hook" });
  });

  test("is not for viewers", async () => {
    const printed: string[] = [];
    const stdout = { write: (text: string) => printed.push(text) };
    const argv = ["create", "--name", "looker", "--role", "viewer"];
    await tokenCommand(argv, { stdout, stderr: process.stderr, database: api.store.database });
    const headers = { authorization: `Bearer ${printed.join("").trim()}` };
    const answer = await api.post("/api/v1/channels/hook/test", {}, { headers });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "forbidden" });
    expect((await api.get("/api/v1/channels", { headers })).status).toBe(200);
  });

  test.each(["nothing", "a%00b", "%F0%9F%9A%A6", "x".repeat(200)])("of %s is not found", async (name) => {
    const answer = await api.post(`/api/v1/channels/${name}/test`, {});
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "not-found" });
  });
});
