import { afterEach, describe, expect, test } from "vitest";
import type { ChannelConfig, EmailSettings } from "../config/notify-config";
import { type Sending, send } from "./send";
import { openHangingMailServer, openMailServer } from "./test-mail-server";
import { alertOf, base, deliveryOf, overTelling, tellingOf } from "./test-telling";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function mailChannel(port: number, smtp: Partial<EmailSettings["smtp"]> = {}): ChannelConfig {
  return {
    ...{ name: "mail", kind: "email", from: "Signalbox <box@example.net>", to: ["ops@example.net"] },
    smtp: { host: "127.0.0.1", port, security: "none", login: null, ...smtp },
  };
}

function sending(changes: Partial<Sending> = {}): Sending {
  const limitsMs = { http: 10_000, smtp: 10_000 };
  const { signal } = new AbortController();
  return { base, env: { SMTP: "right" }, at: 0, limitsMs, signal, ...changes };
}

async function open(options?: Parameters<typeof openMailServer>[0]) {
  const server = await openMailServer(options);
  closing.push(server.close);
  return server;
}

/** A header as it came, lines put together. */
function header(text: string, name: string): string | undefined {
  const unfolded = text.replace(/\r\n[ \t]+/g, " ");
  return new RegExp(`^${name}: (.*)$`, "im").exec(unfolded)?.[1];
}

describe("a real mail server", () => {
  test("gets what it is, since when, why, what to do, as text and as HTML", async () => {
    const { port, mails } = await open();
    expect(await send(mailChannel(port), deliveryOf(), sending())).toEqual({ tag: "sent", remark: null });
    const [mail] = mails;
    expect(mail).toMatchObject({ from: "box@example.net", to: ["ops@example.net"], user: null });
    const text = mail?.text ?? "";
    expect(header(text, "subject")).toBe("[critical] echo is in Error for 5 min");
    expect(header(text, "message-id")).toBe(`<${deliveryOf().id}@example.net>`);
    expect(header(text, "auto-submitted")).toBe("auto-generated");
    expect(text).toContain("Since: 2026-11-28 05:00:00 UTC");
    expect(text).toContain("Why: It exited with code 3.");
    expect(text).toContain("To do: Read its log, mend what it says, and restart it.");
    expect(text).toContain("Service: https://box.example.net/services/toys/echo");
    expect(text).toContain("Content-Type: text/html");
  });

  test("gets what follows an alert below its first mail, and a doubled one under the same id", async () => {
    const { port, mails } = await open();
    const over = { ...deliveryOf(overTelling), id: "later", repliesTo: deliveryOf().id };
    for (const _ of [1, 2]) await send(mailChannel(port), over, sending());
    for (const { text } of mails) {
      expect(header(text, "message-id")).toBe("<later@example.net>");
      expect(header(text, "in-reply-to")).toBe(`<${deliveryOf().id}@example.net>`);
      expect(header(text, "references")).toBe(`<${deliveryOf().id}@example.net>`);
    }
    expect(mails).toHaveLength(2);
  });

  test("gets no header that a service wrote", async () => {
    const { port, mails } = await open();
    const summary = "echo failed\r\nBcc: other@example.net\r\n\r\n.\r\nMAIL FROM:<x@example.net>";
    await send(
      mailChannel(port),
      deliveryOf(tellingOf({ alert: alertOf({ summary, why: summary }) })),
      sending(),
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(["ops@example.net"]);
    expect(header(mails[0]?.text ?? "", "bcc")).toBeUndefined();
  });

  const login = { user: "box", password: { tag: "env", name: "SMTP" } } as const;
  const withLogin = () =>
    open({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        password === "right"
          ? done(null, { user: username ?? "" })
          : done(new Error("Invalid login hunter2")),
    });

  test("that wants a login gets it", async () => {
    const { port, mails } = await withLogin();
    expect(await send(mailChannel(port, { login }), deliveryOf(), sending())).toMatchObject({ tag: "sent" });
    expect(mails[0]?.user).toBe("box");
  });

  test("that refuses the login is told so, without the password", async () => {
    const { port, mails } = await withLogin();
    const outcome = await send(
      mailChannel(port, { login }),
      deliveryOf(),
      sending({ env: { SMTP: "hunter2" } }),
    );
    expect(outcome).toMatchObject({ tag: "refused", reason: expect.stringContaining("Invalid login") });
    expect(JSON.stringify(outcome)).not.toContain("hunter2");
    expect(mails).toEqual([]);
  });

  test("that offers no encryption gets nothing where encryption is wanted", async () => {
    const { port, mails } = await open();
    const outcome = await send(mailChannel(port, { security: "starttls" }), deliveryOf(), sending());
    expect(outcome.tag).not.toBe("sent");
    expect(mails).toEqual([]);
  });

  test.each([
    [451, "failed"],
    [550, "refused"],
  ])("that answers %i to a recipient has %s", async (responseCode, tag) => {
    const { port } = await open({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error("not here"), { responseCode })),
    });
    const outcome = await send(mailChannel(port), deliveryOf(), sending());
    expect(outcome).toMatchObject({ tag, reason: expect.stringContaining("not here") });
  });

  test("that takes it for some says for whom it did not", async () => {
    const { port, mails } = await open({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith("gone") ? Object.assign(new Error("gone"), { responseCode: 550 }) : null),
    });
    const channel = { ...mailChannel(port), to: ["ops@example.net", "gone@example.net"] } as ChannelConfig;
    expect(await send(channel, deliveryOf(), sending())).toMatchObject({
      tag: "sent",
      remark: expect.stringContaining("not to all"),
    });
    expect(mails[0]?.to).toEqual(["ops@example.net"]);
  });
});

describe("a mail server that hangs after EHLO", () => {
  test("is left when the time is over, and its connection with it", async () => {
    const hanging = await openHangingMailServer();
    closing.push(hanging.close);
    const outcome = await send(
      mailChannel(hanging.port),
      deliveryOf(),
      sending({ limitsMs: { http: 500, smtp: 500 } }),
    );
    expect(outcome.tag).toBe("failed");
    await expect.poll(hanging.connections).toBe(0);
  });

  test("is left when Signalbox ends", async () => {
    const hanging = await openHangingMailServer();
    closing.push(hanging.close);
    const ending = new AbortController();
    const sent = send(mailChannel(hanging.port), deliveryOf(), sending({ signal: ending.signal }));
    await expect.poll(hanging.connections).toBe(1);
    ending.abort();
    expect(await sent).toMatchObject({ tag: "failed", reason: expect.stringContaining("ended") });
    await expect.poll(hanging.connections).toBe(0);
  });
});
