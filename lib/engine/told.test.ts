import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { requestCommand } from "@/db/write/request-command";
import { parseFleet } from "../config/parse";
import type { OperatorEvent } from "../machine/types";
import { TestReceiver } from "../notify/test-receiver";
import { Engine } from "./engine";

let store: TestDatabase;
let receiver: TestReceiver;
let engine: Engine;
let folder: string;
let fatal: Error | null = null;

const code = "setTimeout(() => process.exit(7), 600)";

beforeAll(async () => {
  store = await openTestDatabase();
  receiver = await TestReceiver.open();
  folder = mkdtempSync(path.join(os.tmpdir(), "signalbox-told-"));
  const text = `hosts: { toys: { platform: process } }
services:
  - { host: toys, name: falls, command: [${JSON.stringify(process.execPath)}, -e, ${JSON.stringify(code)}], settle: 100ms }
alerts: { error: 300ms, commandFailed: off }
notify:
  channels: { hook: { webhook: { url: "${receiver.url}", secret: key } } }
`;
  const parsed = parseFleet(text, { file: "test.yaml", baseFolder: folder });
  if (parsed.tag === "invalid") throw new Error(JSON.stringify(parsed.issues));
  const settings = { instanceId: `told-${process.pid}`, dataFolder: folder, build: "test", secrets: {} };
  const address = "https://box.example.net";
  engine = new Engine(store.database, { ...settings, address }, (error) => {
    fatal = error;
  });
  await engine.open(parsed.fleet);
});
afterAll(async () => {
  await engine.close(4_000);
  await receiver.down();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  expect(fatal).toBeNull();
});

const items = () => receiver.received.flatMap(({ body }) => JSON.parse(body).items);
const eventually = (read: () => unknown) => expect.poll(read, { timeout: 30_000, interval: 50 });

async function order(event: OperatorEvent): Promise<void> {
  const request = { host: "toys", name: "falls", event, actor: "anna", reason: null, expectedSeq: null };
  const answer = await requestCommand(store.database, { ...request, override: "busy" });
  if (answer.tag !== "accepted") throw new Error(JSON.stringify(answer));
}

test("a real service that fails is told of once, with what to do and where; and that it is over", async () => {
  await order("start");
  await eventually(() => items().map(({ what, alert }) => `${what} ${alert.rule}`)).toEqual(["fired error"]);
  const [told] = items();
  expect(told).toMatchObject({
    link: "https://box.example.net/services/toys/falls",
    title: expect.stringMatching(/^\[\w+\] .*falls.*Error/),
    alert: { service: "toys/falls", status: "firing" },
  });
  for (const said of ["why", "todo", "since"]) expect(told.alert[said]).not.toBe("");
  await order("reset");
  await eventually(() => items().map(({ what }) => what)).toEqual(["fired", "resolved"]);
  expect(items()[1].alert).toMatchObject({ id: told.alert.id, status: "resolved" });
});
