import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { httpProbe } from "./http";

const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`;
}

const serve = (listener: RequestListener) => listen(createServer(listener));
const httpAsk = (http: string, timeoutMs: number) =>
  httpProbe({ http, timeoutMs, text: null, json: null, tlsWarnMs: 0 });
const check = (url: string, timeoutMs = 5_000) => httpAsk(url, timeoutMs)(new AbortController().signal);

test.each([200, 204, 299])("an answer with %i is ok", async (status) => {
  const url = await serve((_, response) => response.writeHead(status).end());
  expect(await check(url)).toEqual({ status: "ok", detail: `HTTP ${status}` });
});

test.each([404, 500, 503])("an answer with %i is failing, and says so", async (status) => {
  const url = await serve((_, response) => response.writeHead(status).end("no"));
  expect(await check(url)).toEqual({ status: "failing", detail: `HTTP ${status}` });
});

test("a redirect is not followed", async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url);
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  expect(await check(url)).toEqual({
    status: "failing",
    detail: "HTTP 302, a redirect, which is not followed",
  });
  expect(asked).toEqual(["/healthz"]);
});

test("a closed port is connection refused", async () => {
  const server = createTcpServer();
  const url = await listen(server);
  await new Promise((done) => server.close(done));
  servers.length = 0;
  expect(await check(url)).toEqual({ status: "failing", detail: "connection refused" });
});

test("silence is failing when the time is over", async () => {
  const url = await serve(() => undefined);
  expect(await check(url, 100)).toEqual({ status: "failing", detail: "no answer within 100 ms" });
});

test("an answer that does not end is failing when the time is over", async () => {
  const url = await serve((_, response) => response.writeHead(200).write("so far so good"));
  expect(await check(url, 200)).toEqual({ status: "failing", detail: "no answer within 200 ms" });
});

test("an endless answer is read no further than it must be", async () => {
  let sent = 0;
  const url = await serve((_, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
    };
    response.on("drain", more);
    more();
  });
  expect(await check(url)).toEqual({ status: "ok", detail: "HTTP 200" });
  expect(sent).toBeLessThan(50_000_000);
});

test("a connection that is closed, or speaks no HTTP, says which", async () => {
  const closing = await listen(createTcpServer((socket) => socket.destroy()));
  expect((await check(closing)).detail).toBe("connection closed without an answer");
  const babbling = await listen(createTcpServer((socket) => socket.end("SSH-2.0-nothing\r\n")));
  expect((await check(babbling)).detail).toBe("the answer is not HTTP");
});

test("no connection is left open behind a check", async () => {
  const closed = new Promise<void>((done) => {
    void serve((_, response) => response.end("fine")).then((url) => {
      servers[0]?.once("connection", (socket: Socket) => socket.once("close", () => done()));
      return check(url);
    });
  });
  await closed;
});

test("an aborted check ends at once with the reason", async () => {
  const url = await serve(() => undefined);
  const aborter = new AbortController();
  const checked = httpAsk(url, 60_000)(aborter.signal);
  aborter.abort(new Error("no longer wanted"));
  await expect(checked).rejects.toThrow("no longer wanted");
});

test("an address that cannot be asked is failing, not an exception", async () => {
  expect((await check("gopher://127.0.0.1/")).status).toBe("failing");
  expect((await check("nonsense")).status).toBe("failing");
});
