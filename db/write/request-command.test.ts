import { setTimeout as sleep } from "node:timers/promises";
import { desc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { now } from "../../lib/clock";
import type { Command } from "../../lib/wire/service";
import { readService } from "../read/services";
import { audit, command, feed, host, service } from "../schema";
import { openTestDatabase, type TestDatabase } from "../test-database";
import { addHost, addService } from "../test-fleet";
import { type CommandRequest, requestCommand } from "./request-command";

let store: TestDatabase;
let count = 0;
let name: string;
let serviceId: number;

beforeAll(async () => {
  store = await openTestDatabase();
  await addHost(store.database, "toys");
});

afterAll(() => store.close());

beforeEach(async () => {
  name = `s${++count}`;
  await store.database.db.update(host).set({ contact: "live", observedUntil: now().at });
  serviceId = await addService(store.database, "toys", name, { state: "Running", seq: 4 });
});

const ask = (changes: Partial<CommandRequest> = {}) =>
  requestCommand(store.database, {
    host: "toys",
    name,
    event: "stop",
    actor: "ann",
    reason: null,
    expectedSeq: null,
    ...changes,
  });

async function lastAudit() {
  const [entry] = await store.database.db.select().from(audit).orderBy(desc(audit.id)).limit(1);
  return entry;
}

describe("what is accepted", () => {
  test("a legal command is stored as requested, told to the feed and audited", async () => {
    const answer = await ask({ reason: "maintenance", expectedSeq: 4 });
    expect(answer).toMatchObject({
      tag: "accepted",
      command: {
        service: `toys/${name}`,
        event: "stop",
        actor: "ann",
        status: "requested",
        reason: "maintenance",
      },
    });
    const told = await store.database.db
      .select()
      .from(feed)
      .where(eq(feed.serviceId, serviceId))
      .orderBy(feed.id);
    expect(told.map(({ kind }) => kind)).toEqual(["service", "command"]);
    expect(told[1]?.payload).toEqual(answer.tag === "accepted" ? answer.command : null);
    const allowed = { actor: "ann", action: "command stop", target: `toys/${name}`, outcome: "allowed" };
    expect(await lastAudit()).toMatchObject({ ...allowed, detail: "maintenance" });
  });

  test("a command whose target is being held gives way to the next one", async () => {
    await ask();
    await store.database.db
      .update(command)
      .set({ reachedAt: now().at })
      .where(eq(command.serviceId, serviceId));
    await store.database.db.update(service).set({ state: "Stopped" }).where(eq(service.id, serviceId));
    expect((await ask({ event: "start" })).tag).toBe("accepted");
    const seen = await readService(store.database.db, "toys", name);
    expect(seen?.command?.event).toBe("start");
  });
});

describe("what is refused, in the contract's order", () => {
  const occupy = () => ask({ actor: "bob" });
  const lose = () => store.database.db.update(host).set({ contact: "lost", contactReason: "ssh ended" });
  const fallSilent = () => store.database.db.update(host).set({ observedUntil: now().at - 6_000_000 });

  test("a service that does not exist, or left the configuration", async () => {
    expect(await ask({ name: "nobody" })).toEqual({ tag: "unknown-service" });
    await store.database.db.update(service).set({ present: false }).where(eq(service.id, serviceId));
    expect(await ask()).toEqual({ tag: "unknown-service" });
  });

  test("no contact comes before stale, busy and not allowed", async () => {
    await occupy();
    await lose();
    const answer = await ask({ event: "start", expectedSeq: 3 });
    expect(answer).toMatchObject({
      tag: "refused",
      code: "no-contact",
      reason: expect.stringContaining("ssh ended"),
    });
  });

  test("an engine that fell silent is no contact, whatever it said last", async () => {
    await fallSilent();
    expect(await ask()).toMatchObject({ tag: "refused", code: "no-contact" });
  });

  test("stale comes before busy and not allowed, and says where the service is now", async () => {
    await occupy();
    const answer = await ask({ event: "start", expectedSeq: 3 });
    expect(answer).toMatchObject({
      code: "stale",
      reason: expect.stringMatching(/move 3.*move 4 now, Running/),
    });
  });

  test("busy comes before not allowed and names the holder", async () => {
    await occupy();
    expect(await ask({ event: "start", expectedSeq: 4 })).toMatchObject({
      tag: "refused",
      code: "busy",
      reason: "bob's stop is still under way.",
    });
  });

  test("what the machine does not allow is refused in the words of the button", async () => {
    expect(await ask({ event: "start" })).toMatchObject({
      tag: "refused",
      code: "not-allowed-in-state",
      reason: "Start is possible in Stopped; this is Running.",
    });
  });

  test("a refusal leaves an audit entry and no command", async () => {
    await ask({ event: "reset" });
    expect(await lastAudit()).toMatchObject({
      action: "command reset",
      outcome: "refused",
      detail: "not-allowed-in-state: Reset is possible in Error; this is Running.",
    });
    expect(await store.database.db.select().from(command).where(eq(command.serviceId, serviceId))).toEqual(
      [],
    );
  });
});

test("of many commands at once one is accepted, and the others find its holder", async () => {
  const actors = ["ann", "bob", "cleo", "dan", "eve"];
  const answers = await Promise.all(actors.map((actor) => ask({ actor })));
  const accepted = answers.flatMap((answer) => (answer.tag === "accepted" ? [answer.command.actor] : []));
  expect(accepted).toHaveLength(1);
  const reasons = answers.flatMap((answer) =>
    answer.tag === "refused" ? [`${answer.code}: ${answer.reason}`] : [],
  );
  expect(reasons).toEqual(Array(4).fill(`busy: ${accepted[0]}'s stop is still under way.`));
});

describe("calling off the command that holds a service", () => {
  const stopInstead = () => ask({ actor: "bob", event: "stop", override: "busy" });
  const readCommand = async (id: string) =>
    (await store.database.db.select().from(command).where(eq(command.id, id)))[0];

  /** A restart of ann's, under way. */
  async function hold(): Promise<string> {
    const answer = await ask({ event: "restart" });
    if (answer.tag !== "accepted") throw new Error("the holder was not accepted");
    return answer.command.id;
  }

  /** Waits until some session waits for a row that another one has. */
  async function untilBlocked(): Promise<void> {
    const blocked = sql`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    while ((await store.database.db.execute(blocked)).length === 0) await sleep(5);
  }

  test("both fates are told in one go: the feed's lock is taken last", async () => {
    const held = await hold();
    const answer = await stopInstead();
    expect(answer.tag).toBe("accepted");
    expect(await readCommand(held)).toMatchObject({ status: "failed", detail: "Called off by bob's stop." });
    const told = await store.database.db
      .select()
      .from(feed)
      .where(eq(feed.serviceId, serviceId))
      .orderBy(feed.id);
    expect(told.slice(2).map(({ kind, payload }) => [kind, (payload as Command | null)?.status])).toEqual([
      ["service", undefined],
      ["command", "failed"],
      ["command", "requested"],
    ]);
  });

  test.each([
    ["proven", { status: "proven" as const, settledAt: 7_000_000, detail: "It was restarted." }],
    ["being held", { status: "accepted" as const, reachedAt: 7_000_000 }],
  ])("one that is %s by then keeps its fate, and the new one is decided anew", async (_, fate) => {
    const held = await hold();
    // What the engine does, and before it commits somebody asks.
    const { answering } = await store.database.db.transaction(async (tx) => {
      await tx.update(command).set(fate).where(eq(command.id, held));
      const asked = { answering: stopInstead() };
      await untilBlocked();
      return asked;
    });
    expect((await answering).tag).toBe("accepted");
    expect(await readCommand(held)).toMatchObject(fate);
    expect(await lastAudit()).toMatchObject({ actor: "bob", action: "command stop", outcome: "allowed" });
  });
});

test("history, causes and audit refuse to be changed or removed", async () => {
  await ask();
  const { sql } = store.database;
  const columns = { transition: "event", attribution: "actor", audit: "outcome" };
  for (const [table, column] of Object.entries(columns)) {
    for (const change of [
      `UPDATE ${table} SET ${column} = 'x'`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ])
      await expect(sql.unsafe(change), change).rejects.toThrow(/append-only/);
  }
});
