import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { notification, notificationChannel } from "@/db/alert-schema";
import { formatTarget } from "@/db/open";
import { findChannels } from "@/db/read/channels";
import { changeAlert, emptyOutbox, fireAlert, resolveAlert } from "@/db/test-alerts";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { addHost } from "@/db/test-fleet";
import { requestChannelTest } from "@/db/write/request-channel-test";
import type { ChannelConfig, NotifyConfig } from "../config/notify-config";
import { openHangingMailServer, openMailServer } from "../notify/test-mail-server";
import { type Answering, says, TestReceiver } from "../notify/test-receiver";
import { Notifier, type NotifierSettings } from "./notifier";

let store: TestDatabase;
let receiver: TestReceiver;
const open: Notifier[] = [];

/** As ordinary, only sooner. */
const soon: NotifierSettings = {
  ...{ base: "http://127.0.0.1:4600/", env: {} },
  pace: { firstMs: 40, mostMs: 160, refusedFirstMs: 100, refusedMostMs: 400 },
  limitsMs: { http: 1_000, smtp: 1_000 },
  leaseBeyondMs: 500,
};

beforeAll(async () => {
  store = await openTestDatabase();
  await addHost(store.database, "toys");
});
afterAll(() => store.close());
beforeEach(async () => {
  receiver = await TestReceiver.open();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((notifier) => notifier.close(0)));
  await receiver.down();
  await emptyOutbox(store.database);
});

const hook = (changes: object = {}): ChannelConfig => ({
  ...{ name: "hook", kind: "webhook", url: { tag: "text", text: receiver.url }, secret: null },
  ...changes,
});
const mail = (port: number): ChannelConfig => ({
  ...{ name: "mail", kind: "email", from: "box@example.net", to: ["ops@example.net"] },
  smtp: { host: "127.0.0.1", port, security: "none", login: null },
});

function config(channels: ChannelConfig[], changes: Partial<NotifyConfig> = {}): NotifyConfig {
  const digest = { above: 1_000, withinMs: 10_000 };
  return { channels, routes: [], digest, giveUpAfterMs: 86_400_000, ...changes };
}

async function start(to: NotifyConfig = config([hook()]), settings: Partial<NotifierSettings> = {}) {
  const silent = { info: () => {}, warn: () => {} };
  const notifier = new Notifier(store.database, { ...soon, ...settings }, silent);
  open.push(notifier);
  await notifier.open(to);
  return notifier;
}

interface Item {
  readonly what: string;
  readonly alert?: { readonly id: string };
}

/** What the receiver took, delivery by delivery. Those it answered with an error it did not take. */
const taken: { id: string; items: Item[] }[] = [];
const takes = (status = 200) => {
  taken.length = 0;
  receiver.answer = (response, received) => {
    const { delivery, items } = JSON.parse(received.body);
    taken.push({ id: delivery, items });
    says(status)(response, received);
  };
};
const items = () =>
  taken.flatMap((delivery) => delivery.items.map(({ what, alert }) => `${alert?.id} ${what}`));
const eventually = (read: () => unknown) => expect.poll(read, { timeout: 20_000, interval: 25 });

const answers = (answering: Answering) => {
  receiver.answer = answering;
};

describe("a receiver", () => {
  test("is told what becomes of alerts, in that order", async () => {
    takes();
    await start();
    const id = await fireAlert(store.database, { host: "toys" });
    await changeAlert(store.database, id, "acknowledged");
    await resolveAlert(store.database, id);
    await eventually(items).toEqual([`${id} fired`, `${id} acknowledged`, `${id} resolved`]);
    await eventually(async () => (await findChannels(store.database.db, undefined, 5))[0]?.waiting).toBe(0);
    expect(await findChannels(store.database.db, undefined, 5)).toMatchObject([
      { name: "hook", kind: "webhook", waiting: 0, givenUp: 0, lastError: null },
    ]);
  });

  test.each([
    ["is down", () => receiver.down(), () => receiver.up()],
    ["answers 500", () => answers(says(500)), () => {}],
    ["breaks connections off", () => answers((response) => response.destroy()), () => {}],
  ])("that %s for a while misses nothing and gets nothing twice", async (_, fail, mend) => {
    takes();
    await start();
    await fail();
    const expected = new Set<string>();
    for (let n = 0; n < 8; n++) {
      const id = await fireAlert(store.database, { host: "toys" });
      expected.add(`${id} fired`);
      if (n % 2) continue;
      await resolveAlert(store.database, id);
      expected.add(`${id} resolved`);
    }
    const failing = async () => (await findChannels(store.database.db, undefined, 1))[0]?.lastError;
    await eventually(failing).not.toBeNull();
    takes();
    await mend();
    await eventually(() => items().length).toBeGreaterThanOrEqual(expected.size);
    const last = await fireAlert(store.database, { host: "toys" });
    await eventually(() => items().at(-1)).toBe(`${last} fired`);
    expect(items().toSorted()).toEqual([...expected, `${last} fired`].toSorted());
  });

  test("that says no keeps nobody else's message waiting, and is asked again", async () => {
    takes();
    receiver.answer = says(400, "no such field");
    await start();
    await fireAlert(store.database, { host: "toys" });
    const channel = async () => (await findChannels(store.database.db, undefined, 1))[0];
    await eventually(async () => (await channel())?.lastError).toBe("HTTP 400: no such field");
    takes();
    const second = await fireAlert(store.database, { host: "toys" });
    await eventually(() => items().length).toBe(2);
    expect(items()).toContain(`${second} fired`);
  });

  test("that is given up on is said to be", async () => {
    receiver.answer = says(500);
    await start(config([hook()], { giveUpAfterMs: 300 }));
    await fireAlert(store.database, { host: "toys" });
    const channel = async () => (await findChannels(store.database.db, undefined, 1))[0];
    await eventually(async () => (await channel())?.givenUp).toBe(1);
    expect(await channel()).toMatchObject({ waiting: 0, lastError: "HTTP 500" });
  });

  test("gets many at once as one", async () => {
    takes();
    for (let n = 0; n < 50; n++) await fireAlert(store.database, { host: "toys" });
    await start(config([hook()], { digest: { above: 5, withinMs: 10_000 } }));
    await eventually(() => items().length).toBe(50);
    expect(taken).toHaveLength(1);
  });

  test("gets a handful one by one, and what comes right after them gathered", async () => {
    takes();
    await start(config([hook()], { digest: { above: 3, withinMs: 4_000 } }));
    for (let n = 0; n < 3; n++) {
      await fireAlert(store.database, { host: "toys" });
      await eventually(() => taken.length).toBe(n + 1);
    }
    for (let n = 0; n < 3; n++) await fireAlert(store.database, { host: "toys" });
    await eventually(() => items().length).toBe(6);
    expect(taken.map((delivery) => delivery.items.length)).toEqual([1, 1, 1, 3]);
  });
});

describe("no channel waits for another", () => {
  test("where one hangs", async () => {
    takes();
    const hanging = await openHangingMailServer();
    onTestFinished(hanging.close);
    await start(config([mail(hanging.port), hook()]), { limitsMs: { http: 1_000, smtp: 60_000 } });
    await fireAlert(store.database, { host: "toys" });
    await eventually(hanging.connections).toBe(1);
    const second = await fireAlert(store.database, { host: "toys" });
    await eventually(items).toContain(`${second} fired`);
    expect(hanging.connections()).toBe(1);
  });

  test("and one that hangs is tried again, and says so", async () => {
    const hanging = await openHangingMailServer();
    onTestFinished(hanging.close);
    await start(config([mail(hanging.port)]), { limitsMs: { http: 300, smtp: 300 } });
    await fireAlert(store.database, { host: "toys" });
    const tried = async () => (await store.database.db.select().from(notification))[0];
    await eventually(async () => (await tried())?.attempts).toBeGreaterThanOrEqual(2);
    expect(await tried()).toMatchObject({ status: "queued", lastError: expect.stringMatching(/mail/) });
  });
});

test("a mail says what follows below the first one", async () => {
  const server = await openMailServer();
  onTestFinished(server.close);
  await start(config([mail(server.port)]));
  const id = await fireAlert(store.database, { host: "toys" });
  await eventually(() => server.mails.length).toBe(1);
  await resolveAlert(store.database, id);
  await eventually(() => server.mails.length).toBe(2);
  const [first, second] = server.mails.map(({ text }) => text.replace(/\r\n[ \t]+/g, " "));
  const messageId = /^Message-ID: (.*)$/m.exec(first ?? "")?.[1];
  expect(second).toContain(`In-Reply-To: ${messageId}`);
  expect(second).toContain("http://127.0.0.1:4600/hosts");
});

describe("a test", () => {
  test("goes out at once, also where everything else waits, and is tried once", async () => {
    receiver.answer = says(500);
    await start(config([hook()]), { pace: { ...ordinaryPace, firstMs: 60_000, mostMs: 60_000 } });
    await fireAlert(store.database, { host: "toys" });
    const channel = async () => (await findChannels(store.database.db, undefined, 1))[0];
    await eventually(async () => (await channel())?.lastError).toBe("HTTP 500");
    takes(503);
    await requestChannelTest(store.database, "hook", "night shift");
    await eventually(() => taken.length).toBe(1);
    expect(taken[0]?.items).toMatchObject([{ what: "test", actor: "night shift" }]);
    await eventually(async () => (await channel())?.lastError).toBe("HTTP 503");
    expect(await channel()).toMatchObject({ waiting: 1, givenUp: 0 });
    takes();
    await requestChannelTest(store.database, "hook", "night shift");
    await eventually(async () => (await channel())?.lastSentAt).not.toBeNull();
    expect(taken).toHaveLength(1);
  });
});
const ordinaryPace = { firstMs: 2_000, mostMs: 300_000, refusedFirstMs: 300_000, refusedMostMs: 3_600_000 };

describe("a changed configuration", () => {
  test("counts at once for what waits", async () => {
    receiver.answer = (response, { headers }) =>
      response.writeHead(headers["signalbox-signature"] ? 200 : 401).end();
    const notifier = await start(config([hook()]), { pace: ordinaryPace });
    await fireAlert(store.database, { host: "toys" });
    const channel = async () => (await findChannels(store.database.db, undefined, 1))[0];
    await eventually(async () => (await channel())?.lastError).toBe("HTTP 401");
    await notifier.reconfigure(config([hook({ secret: { tag: "text", text: "key" } })]));
    await eventually(async () => (await channel())?.waiting).toBe(0);
    expect(await channel()).toMatchObject({ givenUp: 0 });
  });
});

test("a secret that is not there is said at once, and is in no table", async () => {
  const url = { tag: "text", text: "http://192.0.2.9/hunter2" } as const;
  const lacking = hook({ url: { tag: "env", name: "HOOK" } });
  const hidden: ChannelConfig = { ...hook({ url }), name: "other" };
  await start(config([lacking, hidden]));
  expect(await findChannels(store.database.db, undefined, 5)).toMatchObject([
    { name: "hook", target: "the variable HOOK", lastError: "the environment variable HOOK is not set" },
    { name: "other", target: "192.0.2.9", lastError: null },
  ]);
  const tables = await Promise.all([
    store.database.db.select().from(notification),
    store.database.db.select().from(notificationChannel),
  ]);
  expect(JSON.stringify(tables)).not.toContain("hunter2");
});

describe("engines that come and go", () => {
  test("send each message once beside each other, in order", async () => {
    takes();
    await Promise.all([start(), start(), start()]);
    const ids: string[] = [];
    for (let n = 0; n < 20; n++) ids.push(await fireAlert(store.database, { host: "toys" }));
    await eventually(() => items().length).toBe(20);
    expect(items()).toEqual(ids.map((id) => `${id} fired`));
  });

  test("leave what they were sending to the next, when they end in order", async () => {
    receiver.answer = () => {};
    const notifier = await start(config([hook()]), { limitsMs: { http: 60_000, smtp: 60_000 } });
    const id = await fireAlert(store.database, { host: "toys" });
    await eventually(() => receiver.received.length).toBe(1);
    await notifier.close(50);
    takes();
    await start();
    await eventually(items).toEqual([`${id} fired`]);
    expect(taken[0]?.id).toBe(receiver.received[0]?.headers["signalbox-delivery"]);
  });

  test("also when they are killed in the middle of it: it goes again under the same id, and once", async () => {
    receiver.answer = () => {};
    const child = await startElsewhere();
    const id = await fireAlert(store.database, { host: "toys" });
    await eventually(() => receiver.received.length).toBe(1);
    const second = await fireAlert(store.database, { host: "toys" });
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
    takes();
    await start();
    await eventually(items).toEqual([`${id} fired`, `${second} fired`]);
    expect(taken[0]?.id).toBe(receiver.received[0]?.headers["signalbox-delivery"]);
    expect(taken[1]?.id).not.toBe(taken[0]?.id);
  });

  test("miss nothing that happens while none of them runs", async () => {
    takes();
    const first = await start();
    const id = await fireAlert(store.database, { host: "toys" });
    await eventually(items).toEqual([`${id} fired`]);
    await first.close(1_000);
    await resolveAlert(store.database, id);
    await start();
    await eventually(items).toEqual([`${id} fired`, `${id} resolved`]);
  });

  test("go on by themselves when the database was away", async () => {
    takes();
    await start();
    const id = await fireAlert(store.database, { host: "toys" });
    await eventually(() => items().length).toBe(1);
    await store.stopServer();
    await store.startServer();
    await eventually(async () => {
      try {
        await resolveAlert(store.database, id);
        return "written";
      } catch {
        return "away";
      }
    }).toBe("written");
    await eventually(items).toEqual([`${id} fired`, `${id} resolved`]);
  });
});

const program = `
  import { openDatabase, parseTarget } from "@/db/open";
  import { Notifier } from "./notifier";
  const { target, config, settings } = JSON.parse(process.argv[2]);
  const log = { info: () => {}, warn: () => {} };
  const database = openDatabase(parseTarget(target), { name: "elsewhere", max: 4 });
  await new Notifier(database, settings, log).open(config);
`;

/** A notifier in a process of its own, so that it can be killed. */
async function startElsewhere() {
  const outfile = path.join(mkdtempSync(path.join(tmpdir(), "notifier-")), "elsewhere.mjs");
  const here = fileURLToPath(new URL(".", import.meta.url));
  await build({
    stdin: { contents: program, resolveDir: here, loader: "ts" },
    alias: { "@": fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "") },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    ...{ bundle: true, platform: "node", format: "esm", outfile },
  });
  const told = { target: formatTarget(store.target), config: config([hook()]), settings: soon };
  const child = spawn(process.execPath, [outfile, JSON.stringify(told)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}
