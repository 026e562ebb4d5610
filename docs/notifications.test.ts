import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseFleet } from "@/lib/config/parse";
import { base, deliveryOf } from "@/lib/notify/test-telling";
import { webhookPost } from "@/lib/notify/webhook";

/** What the page about notifications says is tried as it stands there. */

const page = readFileSync(fileURLToPath(new URL("notifications.md", import.meta.url)), "utf8");
const block = (language: string) => page.split(`\`\`\`${language}\n`)[1]?.split("\n```")[0] ?? "";

const secret = "the key";
const atMs = 1_796_000_000_000;
const { headers = {}, body } = webhookPost(new URL("http://192.0.2.1"), secret, deliveryOf(), base, atMs);

test("the configuration is a good one", () => {
  const fleet = "hosts: { toys: { platform: process } }\nservices:\n";
  const service = (name: string, rest: string) =>
    `  - { host: toys, name: ${name}, command: [a], ${rest} }\n`;
  const services = service("a", "group: validators") + service("b", "tags: [playground]");
  const text = fleet + services + block("yaml");
  expect(parseFleet(text, { file: "f", baseFolder: "/" })).toMatchObject({
    tag: "ok",
    warnings: [],
    fleet: { notify: { channels: { length: 6 }, routes: { length: 5 }, digest: { above: 5 } } },
  });
});

test("the example of a message has the keys of a real one", () => {
  const [shown, real] = [JSON.parse(block("json")), JSON.parse(body)];
  expect(Object.keys(shown)).toEqual(Object.keys(real));
  expect(Object.keys(shown.items[0]).toSorted()).toEqual(Object.keys(real.items[0]).toSorted());
  for (const key of Object.keys(shown.items[0].alert)) expect(real.items[0].alert).toHaveProperty(key);
});

test("JavaScript tells a message of ours from any other", async () => {
  const { isFromSignalbox } = await import(`data:text/javascript,${encodeURIComponent(block("js"))}`);
  const at = atMs / 1000;
  expect(isFromSignalbox(headers, body, secret, at)).toBe(true);
  expect(isFromSignalbox(headers, `${body} `, secret, at)).toBe(false);
  expect(isFromSignalbox(headers, body, "another key", at)).toBe(false);
  expect(isFromSignalbox({}, body, secret, at)).toBe(false);
  expect(isFromSignalbox(headers, body, secret, at + 3_600)).toBe(false);
});

test("Python does", (context) => {
  if (spawnSync("python3", ["--version"]).status !== 0) {
    Object.assign(context.task.meta, { skipped: "there is no python3" });
    context.skip();
  }
  const program = `${block("python")}
import json, sys
asked = json.load(sys.stdin)
body = asked["body"].encode()
print([is_from_signalbox(asked["headers"], body + extra, key, asked["at"])
  for extra, key in ((b"", "the key"), (b" ", "the key"), (b"", "another key"))])`;
  const input = JSON.stringify({ headers, body, at: atMs / 1000 });
  const run = spawnSync("python3", ["-c", program], { input, encoding: "utf8" });
  expect(run.stderr).toBe("");
  expect(run.stdout.trim()).toBe("[True, False, False]");
});
