import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { encodeMessage, messageTypes } from "./bus/message";
import { type HostLink, keepLinked, type LinkDown } from "./host-link";
import type { Session } from "./session";
import { answerTo, greetThen, listen, makeFolder } from "./testing/hostile-bus";
import type { HostAddress } from "./via";

interface Told {
  readonly ups: Session[];
  readonly downs: LinkDown[];
  readonly link: HostLink;
}

function linked(address: HostAddress): Told {
  const ups: Session[] = [];
  const downs: LinkDown[] = [];
  const link = keepLinked(address, {
    onUp: (session) => ups.push(session),
    onDown: (down) => downs.push(down),
  });
  onTestFinished(() => link.close());
  return { ups, downs, link };
}

/** A program called ssh that does what the script says. */
function ssh(script: string): HostAddress {
  const path = join(makeFolder(), "ssh");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { via: [path, "node1.example.net"] };
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });

describe("a link to a host", () => {
  test("tells each failure at once, in ssh's own words, and tries again and again", async () => {
    const { downs, ups } = linked(ssh("echo 'ssh: connect to host node1: No route to host' >&2; exit 255"));
    await eventually(() => expect(downs.length).toBeGreaterThanOrEqual(3));
    expect(downs.map(({ attempt }) => attempt).slice(0, 3)).toEqual([1, 2, 3]);
    expect(downs[0]).toMatchObject({
      reason: "ssh: connect to host node1: No route to host",
      lastHeardAt: null,
    });
    for (const { attempt, retryInMs } of downs)
      expect(retryInMs).toBeLessThanOrEqual(500 * 2 ** (attempt - 1));
    expect(ups).toEqual([]);
  });

  test("is up when systemd answers, down when it breaks, and up again", async () => {
    const { bus, breakAll } = await systemdOf();
    const { ups, downs } = linked({ bus });
    await eventually(() => expect(ups).toHaveLength(1));
    expect(ups[0]?.facts).toEqual({ version: "252", bootStamp: { at: 7, monotonic: 7 }, uid: 0 });
    breakAll();
    await eventually(() => expect(ups).toHaveLength(2));
    expect(downs[0]).toMatchObject({ attempt: 1, reason: expect.stringMatching(/closed|broke/) });
    expect(downs[0]?.lastHeardAt).toBeTypeOf("number");
  });

  test("does not come in when the bus has no systemd on it, and says so", async () => {
    const { bus } = await systemdOf("no systemd");
    const { downs } = linked({ bus });
    await eventually(() => expect(downs.length).toBeGreaterThan(0));
    expect(downs[0]?.reason).toMatch(/there is a bus, but systemd is not on it/);
  });

  test("that is closed while it connects leaves no process, and tells nothing more", async () => {
    const folder = makeFolder();
    const { downs, link } = linked(ssh(`echo $$ > ${folder}/pid; exec sleep 600`));
    await eventually(() => expect(readFileSync(join(folder, "pid"), "utf8")).toMatch(/\d\n/));
    const pid = readFileSync(join(folder, "pid"), "utf8").trim();
    await link.close();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(downs).toEqual([]);
  });

  test("that is closed while it waits to try again ends at once", async () => {
    const { downs, link } = linked({ bus: "unix:path=/nonexistent/bus" });
    await eventually(() => expect(downs.length).toBeGreaterThan(0));
    await link.close();
    const told = downs.length;
    await link.close();
    expect(downs).toHaveLength(told);
  });
});

function refusalOf(replySerial: number): Buffer {
  const errorName = "org.freedesktop.DBus.Error.NameHasNoOwner";
  return encodeMessage({ type: messageTypes.error, serial: 1, replySerial, errorName });
}

/** A bus with the least of a systemd on it that a session asks for. */
async function systemdOf(kind?: "no systemd") {
  const sockets = new Set<{ destroy(): void }>();
  const bus = await listen((socket) => {
    sockets.add(socket);
    greetThen((call) => {
      const property = call.member === "Get" ? call.body()[1] : null;
      const value = property === "Version" ? { signature: "s", value: "252" } : { signature: "t", value: 7 };
      if (call.member === "Hello") socket.write(answerTo(call, "s", [":1.9"]));
      else if (call.member === "GetNameOwner" && kind === undefined)
        socket.write(answerTo(call, "s", [":1.1"]));
      else if (call.member === "GetNameOwner") socket.write(refusalOf(call.serial));
      else if (call.member === "GetConnectionUnixUser") socket.write(answerTo(call, "u", [0]));
      else if (call.member === "Get") socket.write(answerTo(call, "v", [value]));
      else socket.write(answerTo(call));
    })(socket);
  });
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return { bus, breakAll };
}
