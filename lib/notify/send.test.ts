import { createHmac } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChannelConfig, Secret } from "../config/notify-config";
import { type Sending, send } from "./send";
import { type Received, says, TestReceiver } from "./test-receiver";
import { base, deliveryOf, tellingOf } from "./test-telling";

let receiver: TestReceiver;
beforeEach(async () => {
  receiver = await TestReceiver.open();
});
afterEach(() => receiver.down());

const text = (value: string): Secret => ({ tag: "text", text: value });
const hook = (changes: object = {}): ChannelConfig => ({
  ...{ name: "hook", kind: "webhook", url: text(receiver.url), secret: text("the key") },
  ...changes,
});

function sending(changes: Partial<Sending> = {}): Sending {
  const limitsMs = { http: 10_000, smtp: 10_000 };
  const { signal } = new AbortController();
  return { base, env: {}, at: 1_796_000_000_000_000, limitsMs, signal, ...changes };
}

/** Short, where a test waits for it to pass. */
const soon = { limitsMs: { http: 400, smtp: 400 } };

describe("a webhook receiver", () => {
  test("can check the signature, and knows a doubled delivery by its id", async () => {
    for (const _ of [1, 2])
      expect(await send(hook(), deliveryOf(), sending())).toEqual({ tag: "sent", remark: null });
    const [first, second] = receiver.received;
    const timestamp = first?.headers["signalbox-timestamp"];
    const digest = createHmac("sha256", "the key").update(`${timestamp}.${first?.body}`).digest("hex");
    expect(first?.headers["signalbox-signature"]).toBe(`v1=${digest}`);
    expect(first?.headers["signalbox-delivery"]).toBe(deliveryOf().id);
    expect(second).toEqual(first);
  });

  test.each([
    [500, "failed"],
    [503, "failed"],
    [429, "failed"],
    [408, "failed"],
    [400, "refused"],
    [401, "refused"],
    [403, "refused"],
    [404, "refused"],
    [410, "refused"],
  ])("that answers %i has %s, with what it said", async (status, tag) => {
    receiver.answer = says(status, "<p>not\nnow</p>");
    expect(await send(hook(), deliveryOf(), sending())).toMatchObject({
      tag,
      reason: `HTTP ${status}: not now`,
    });
  });

  test("that redirects is not followed", async () => {
    const location = "http://192.0.2.9/elsewhere?token=s3cret";
    receiver.answer = says(301, "", { location });
    expect(await send(hook(), deliveryOf(), sending())).toEqual({
      tag: "refused",
      reason: "HTTP 301, a redirect to http://192.0.2.9; it is not followed",
    });
  });

  test("says when it wants to be asked again", async () => {
    receiver.answer = says(429, "", { "retry-after": "1.5" });
    expect(await send(hook(), deliveryOf(), sending())).toMatchObject({ tag: "failed", afterMs: 1_500 });
    receiver.answer = says(503, "", { "retry-after": "999999" });
    expect(await send(hook(), deliveryOf(), sending())).toMatchObject({ tag: "failed", afterMs: 3_600_000 });
  });

  test("that answers ten megabytes is read as far as its reason goes", async () => {
    let unread = true;
    receiver.answer = (response) => {
      response.on("close", () => {
        unread = !response.writableFinished;
      });
      response.writeHead(500).end("x".repeat(10_000_000));
    };
    const outcome = await send(hook(), deliveryOf(), sending());
    expect(outcome.tag === "failed" && outcome.reason.length).toBeLessThan(250);
    await expect.poll(() => unread).toBe(true);
    receiver.answer = says(200, "x".repeat(10_000_000));
    expect(await send(hook(), deliveryOf(), sending())).toMatchObject({ tag: "sent" });
  });

  test("that has said yes got it, however slowly the rest of its answer drips", async () => {
    receiver.answer = (response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("."), 50);
      response.on("close", () => clearInterval(drip));
    };
    expect(await send(hook(), deliveryOf(), sending())).toMatchObject({ tag: "sent" });
  });

  test("that says nothing is not waited for without end", async () => {
    receiver.answer = () => {};
    expect(await send(hook(), deliveryOf(), sending(soon))).toMatchObject({
      tag: "failed",
      reason: "no answer within 400 ms",
    });
  });

  test("that drips its status line is not waited for either", async () => {
    const dripping = createServer((socket) => {
      socket.on("error", () => {});
      const drip = setInterval(() => socket.write("H"), 50);
      socket.on("close", () => clearInterval(drip));
    });
    await new Promise<void>((resolve) => dripping.listen(0, "127.0.0.1", resolve));
    const { port } = dripping.address() as { port: number };
    const outcome = await send(hook({ url: text(`http://127.0.0.1:${port}/`) }), deliveryOf(), sending(soon));
    expect(outcome.tag).toBe("failed");
    dripping.close();
  });

  test("that is away is told so", async () => {
    await receiver.down();
    const outcome = await send(hook(), deliveryOf(), sending());
    await receiver.up();
    expect(outcome).toMatchObject({ tag: "failed", reason: "connection refused" });
  });
});

describe("secrets", () => {
  test("are read from the environment and from files, anew each time", async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), "secret-")), "key");
    const env = { URL: receiver.url };
    const channel = hook({ url: { tag: "env", name: "URL" }, secret: { tag: "file", path: file } });
    for (const key of ["one", "two"]) {
      writeFileSync(file, `${key}\n`);
      await send(channel, deliveryOf(), sending({ env }));
      const { headers, body } = receiver.received.at(-1) as Received;
      const digest = createHmac("sha256", key)
        .update(`${headers["signalbox-timestamp"]}.${body}`)
        .digest("hex");
      expect(headers["signalbox-signature"]).toBe(`v1=${digest}`);
    }
  });

  test.each<[Secret, object, string]>([
    [{ tag: "env", name: "URL" }, {}, "the environment variable URL is not set"],
    [{ tag: "env", name: "URL" }, { URL: "hunter2" }, "the environment variable URL holds no URL of http"],
    [{ tag: "file", path: "/nowhere/url" }, {}, "/nowhere/url: the file does not exist"],
  ])("that cannot be had are said: %j, %j", async (url, env, reason) => {
    const outcome = await send(hook({ url }), deliveryOf(), sending({ env: { ...env } }));
    expect(outcome).toMatchObject({ tag: "refused", reason: expect.stringContaining(reason) });
    expect(JSON.stringify(outcome)).not.toContain("hunter2");
  });

  test("that a receiver repeats do not come into the reason", async () => {
    receiver.answer = (response, { path: asked }) =>
      response.writeHead(404).end(`no ${asked}, key: the key, http://127.0.0.1${asked}`);
    const outcome = await send(hook(), deliveryOf(), sending());
    expect(outcome).toMatchObject({ tag: "refused", reason: expect.stringContaining("HTTP 404: no …") });
    expect(JSON.stringify(outcome)).not.toMatch(/s3cret|the key/);
  });
});

test.each<[string, () => ChannelConfig, RegExp]>([
  ["slack", () => ({ name: "c", kind: "slack", url: text(receiver.url) }), /"attachments":\[\{"color"/],
  ["discord", () => ({ name: "c", kind: "discord", url: text(receiver.url) }), /"embeds":\[\{"title"/],
  [
    "ntfy",
    () => ({ name: "c", kind: "ntfy", url: text(receiver.url), topic: text("ops"), token: text("tk") }),
    /"topic":"ops"/,
  ],
  [
    "alertmanager",
    () => ({ name: "c", kind: "alertmanager", url: text(receiver.url) }),
    /"alertname":"error"/,
  ],
])("%s gets its own form", async (_kind, channel, body) => {
  expect(await send(channel(), deliveryOf(tellingOf()), sending())).toMatchObject({ tag: "sent" });
  expect(receiver.received[0]?.body).toMatch(body);
  expect(receiver.received[0]?.headers["content-type"]).toBe("application/json");
});
