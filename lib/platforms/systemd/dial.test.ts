import { writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { createExchange } from "../../probes/exchange";
import { createHostDial } from "./dial";
import { makeFolder } from "./testing/hostile-bus";
import type { HostAddress } from "./via";

/** A prefix without ssh: everything is done by a command "there", which is here. */
const prefix: HostAddress = { via: ["env", "--"] };
const never = new AbortController().signal;

async function listen(server: Server, host = "127.0.0.1"): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function errorOf(stream: Duplex): Promise<Error & { code?: string; mend?: string }> {
  return new Promise((resolve, reject) => {
    stream.once("error", resolve);
    stream.once("end", () => reject(new Error("it ended without an error")));
    stream.resume();
  });
}

describe("a connection made by a command on the host", () => {
  test("carries bytes both ways, and ends when the other side ends it", async () => {
    const port = await listen(
      createServer((socket) => socket.once("data", (said) => socket.end(`you said ${said}`))),
    );
    const stream = await createHostDial(prefix)({ host: "127.0.0.1", port }, never);
    stream.write("hello");
    expect(await text(stream)).toBe("you said hello");
  });

  test("leads to an IPv6 address too", async () => {
    const port = await listen(
      createServer((socket) => socket.end("six")),
      "::1",
    );
    const stream = await createHostDial(prefix)({ host: "::1", port }, never);
    expect(await text(stream)).toBe("six");
  });

  test("is closed at the other end when it is closed here, or its signal aborts", async () => {
    let open = 0;
    const port = await listen(
      createServer((socket) => {
        open++;
        socket.on("error", () => undefined);
        socket.once("close", () => open--);
        socket.write("welcome");
      }),
    );
    const dial = createHostDial(prefix);
    const aborter = new AbortController();
    const streams = await Promise.all([
      dial({ host: "127.0.0.1", port }, never),
      dial({ host: "127.0.0.1", port }, aborter.signal),
    ]);
    await Promise.all(streams.map((stream) => new Promise((resolve) => stream.once("data", resolve))));
    expect(open).toBe(2);
    streams[0]?.destroy();
    aborter.abort();
    await expect.poll(() => open).toBe(0);
    expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  });

  test("ends as well where the other side was quicker than the shell there", async () => {
    const slow = join(makeFolder(), "slow");
    writeFileSync(slow, 'wait() { sleep 0.3; builtin wait "$@"; }\n');
    const port = await listen(createServer((socket) => socket.end("bye")));
    const dial = createHostDial({ via: ["env", `BASH_ENV=${slow}`] });
    const stream = await dial({ host: "127.0.0.1", port }, never);
    expect(await text(stream)).toBe("bye");
  });

  test("that nobody takes is refused, in Node's word for it", async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const stream = await createHostDial(prefix)({ host: "127.0.0.1", port }, never);
    expect(await errorOf(stream)).toMatchObject({
      code: "ECONNREFUSED",
      message: expect.stringContaining("Connection refused"),
    });
  });

  test("to a name that the host does not know says so", async () => {
    const stream = await createHostDial(prefix)({ host: "nobody.invalid", port: 80 }, never);
    expect((await errorOf(stream)).code).toBe("ENOTFOUND");
  });

  test("says what is missing where there is nothing to connect with", async () => {
    const bare: HostAddress = {
      via: ["env", "PATH=/nowhere", "/bin/sh", "-c", 'shift; exec /bin/sh "$@"', "x"],
    };
    const stream = await createHostDial(bare)({ host: "127.0.0.1", port: 9 }, never);
    const error = await errorOf(stream);
    expect(error.message).toBe("the host has none of bash, nc and socat, so nobody can ask from there");
    expect(error).toMatchObject({ code: "EACCES", mend: expect.stringContaining("Install one of them") });
  });

  test("is never made of words that a shell would read", async () => {
    const dial = createHostDial(prefix);
    for (const host of ["$(reboot)", "a;b", "x,fork", "a b", ""])
      await expect(dial({ host, port: 80 }, never)).rejects.toThrow("no host name");
  });

  test("keeps one stream for many questions, and notices when it is closed meanwhile", async () => {
    let connections = 0;
    const server = createHttpServer((request, response) => response.end(request.url));
    server.on("connection", () => connections++);
    const port = await listen(server);
    const exchange = createExchange({ dial: createHostDial(prefix) });
    onTestFinished(() => exchange.close());
    const ask = (path: string) =>
      exchange.ask({ url: `http://localhost:${port}${path}`, timeoutMs: 20_000, signal: never });
    for (let index = 0; index < 5; index++) expect((await ask(`/${index}`)).body).toBe(`/${index}`);
    expect(connections).toBe(1);
    server.closeAllConnections();
    expect((await ask("/again")).body).toBe("/again");
    expect(connections).toBe(2);
  });
});

test("from this machine a connection is an ordinary one, and an unknown port refuses it", async () => {
  const port = await listen(createServer((socket) => socket.end("here")));
  expect(await text(await createHostDial({})({ host: "localhost", port }, never))).toBe("here");
  await expect(createHostDial({})({ host: "127.0.0.1", port: 1 }, never)).rejects.toMatchObject({
    code: "ECONNREFUSED",
  });
});

test("a host that is reached by its bus alone says that nobody can ask from there", async () => {
  const dial = createHostDial({ bus: "unix:path=/run/lab/bus" });
  await expect(dial({ host: "127.0.0.1", port: 80 }, never)).rejects.toMatchObject({
    code: "EACCES",
    message: expect.stringContaining("bus alone"),
    mend: expect.stringContaining("via"),
  });
});
