import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { createExchange, ExchangeError, type HttpRequest } from "./exchange";
import { listen, serveBytes, serveHttp } from "./test-server";

const never = new AbortController().signal;

async function asked(url: string, more: Partial<HttpRequest> = {}) {
  const exchange = createExchange({});
  try {
    return await exchange.ask({ url, timeoutMs: 20_000, signal: never, ...more });
  } finally {
    exchange.close();
  }
}

async function failure(url: string, more: Partial<HttpRequest> = {}): Promise<string> {
  const error = await asked(url, more).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ExchangeError);
  const { failure, message } = error as ExchangeError;
  return `${failure}: ${message}`;
}

describe("a question", () => {
  test("is sent as it was given, and its answer given as it came", async () => {
    const { url, port } = await serveHttp((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const { method, url: path, headers } = request;
        response.writeHead(418, { "x-kind": "teapot" });
        response.end(
          JSON.stringify({ method, path, body, host: headers.host, type: headers["content-type"] }),
        );
      });
    });
    const answer = await asked(`${url}rpc?x=1`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"ü":1}',
    });
    expect(answer).toMatchObject({ status: 418, certificateEnds: null, isCut: false });
    expect(answer.headers["x-kind"]).toBe("teapot");
    expect(JSON.parse(answer.body)).toEqual({
      method: "POST",
      path: "/rpc?x=1",
      body: '{"ü":1}',
      host: `127.0.0.1:${port}`,
      type: "application/json",
    });
  });

  test("finds localhost, IPv6 addresses and ports that browsers refuse", async () => {
    const six = await serveHttp((_, response) => response.end("six"), "::1");
    expect((await asked(six.url)).body).toBe("six");
    const four = await serveHttp((_, response) => response.end("four"));
    expect((await asked(`http://localhost:${four.port}`)).body).toBe("four");
    expect(await failure("http://127.0.0.1:6000")).toBe("refused: connection refused");
  });

  test("follows no redirect", async () => {
    const paths: (string | undefined)[] = [];
    const { url } = await serveHttp((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    expect((await asked(url)).status).toBe(302);
    expect(paths).toEqual(["/"]);
  });

  test("ends at once with the reason of an aborted signal", async () => {
    const { url } = await serveHttp(() => undefined);
    const aborter = new AbortController();
    const question = asked(url, { signal: aborter.signal });
    aborter.abort(new Error("no longer wanted"));
    await expect(question).rejects.toThrow("no longer wanted");
    await expect(asked(url, { signal: aborter.signal })).rejects.toThrow("no longer wanted");
  });

  test("that cannot be asked at all is a failure in words", async () => {
    expect(await failure("nonsense")).toBe("unreachable: the address is no URL");
    expect(await failure("gopher://127.0.0.1/")).toBe("unreachable: only http and https can be asked");
    expect(await failure("http://nobody.invalid/")).toBe("unreachable: host name not found");
    const secret = await failure("http://127.0.0.1:1/?key=hunter2", {
      headers: { authorization: "a\nhunter2" },
    });
    expect(secret).not.toContain("hunter2");
  });
});

describe("an answer that is none", () => {
  test("is nonsense where it is not HTTP", async () => {
    const { url } = await serveBytes((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
    expect(await failure(url)).toBe("nonsense: the answer is not HTTP");
  });

  test("is nonsense where its headers are too long", async () => {
    const { url } = await serveBytes((socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}`));
    expect(await failure(url)).toBe("nonsense: the answer's headers are too long");
  });

  test("is nonsense where it is larger than allowed, and is not read", async () => {
    let sent = 0;
    const { url } = await serveHttp((_, response) => {
      const more = () => {
        while (sent < 50_000_000 && !response.destroyed && response.write(Buffer.alloc(65_536)))
          sent += 65_536;
      };
      response.on("drain", more);
      more();
    });
    expect(await failure(url)).toBe("nonsense: the answer is larger than 64 kB");
    expect(sent).toBeLessThan(20_000_000);
    sent = 0;
    expect(await failure(url, { mostBytes: 1_048_576 })).toBe("nonsense: the answer is larger than 1024 kB");
    sent = 0;
    const cut = await asked(url, { mostBytes: 1_000, cutsBody: true });
    expect([cut.body.length, cut.isCut]).toEqual([1_000, true]);
  });

  test("is silence where nothing comes, where it drips, and where it does not end", async () => {
    const words = "silent: no answer within 300 ms";
    expect(await failure((await serveHttp(() => undefined)).url, { timeoutMs: 300 })).toBe(words);
    const drips = await serveBytes((socket) => {
      const bytes = [
        ..."HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nso slowly that nobody has the time to wait",
      ];
      const timer = setInterval(() => socket.write(bytes.shift() ?? "."), 25);
      socket.once("close", () => clearInterval(timer));
    });
    expect(await failure(drips.url, { timeoutMs: 300 })).toBe(words);
    await expect.poll(drips.open).toBe(0);
    const { url } = await serveHttp((_, response) => response.writeHead(200).write("so far so good"));
    expect(await failure(url, { timeoutMs: 300 })).toBe(words);
  });

  test("is silence where the connection is closed before it, or in the middle of it", async () => {
    const before = await serveBytes((socket) => socket.destroy());
    expect(await failure(before.url)).toBe("silent: connection closed without an answer");
    expect(before.connections()).toBe(1);
    const head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf of";
    const middle = "silent: connection closed in the middle of the answer";
    expect(await failure((await serveBytes((socket) => socket.end(head))).url)).toBe(middle);
    const reset = await serveBytes((socket) => socket.write(head, () => socket.resetAndDestroy()));
    expect(await failure(reset.url)).toBe(middle);
  });

  test("is nonsense where TLS is asked and something else answers", async () => {
    const { port } = await serveHttp((_, response) => response.end());
    expect(await failure(`https://127.0.0.1:${port}/`)).toMatch(/^nonsense: the answer is not TLS/);
  });
});

describe("a connection", () => {
  test("is kept for the next question", async () => {
    const server = await serveHttp((request, response) => response.end(request.url));
    const exchange = createExchange({});
    for (let index = 0; index < 20; index++) {
      const url = `${server.url}${index}`;
      expect((await exchange.ask({ url, timeoutMs: 20_000, signal: never })).body).toBe(`/${index}`);
    }
    expect(server.connections()).toBe(1);
    exchange.close();
    await expect.poll(server.open).toBe(0);
  });

  test("that was kept and is closed by the other side meanwhile is no failure", async () => {
    const server = await serveBytes((socket) => answerOnce(socket));
    const exchange = createExchange({});
    const ask = () => exchange.ask({ url: server.url, timeoutMs: 20_000, signal: never });
    // The second question on a connection finds it closing: its end and the question cross.
    for (let index = 0; index < 5; index++) expect((await ask()).body).toBe("well");
    expect(server.connections()).toBe(5);
    exchange.close();
  });

  test("that was kept is asked anew only once, and a refusal then is a refusal", async () => {
    const listening = createServer((socket) => socket.once("data", () => answerOnce(socket)));
    const server = await listen(listening);
    const exchange = createExchange({});
    const ask = () => exchange.ask({ url: server.url, timeoutMs: 20_000, signal: never });
    expect((await ask()).body).toBe("well");
    listening.close();
    await expect(ask()).rejects.toMatchObject({ failure: "refused" });
    exchange.close();
  });

  test("is opened by whoever dials, one question after the other on one stream", async () => {
    const server = await serveHttp((request, response) => setTimeout(() => response.end(request.url), 5));
    const addresses: unknown[] = [];
    const exchange = createExchange({
      dial: async (address) => {
        addresses.push(address);
        return connect(server.port, "127.0.0.1");
      },
    });
    const ask = (path: string) =>
      exchange.ask({ url: `http://only-there.example.net${path}`, timeoutMs: 20_000, signal: never });
    const answers = await Promise.all(["/a", "/b", "/c"].map(ask));
    expect(answers.map(({ body }) => body)).toEqual(["/a", "/b", "/c"]);
    expect(addresses).toEqual([{ host: "only-there.example.net", port: 80 }]);
    exchange.close();
    await expect.poll(server.open).toBe(0);
  });

  test("that nobody finishes dialling ends with the question, and is closed when it comes too late", async () => {
    const server = await serveHttp((_, response) => response.end());
    let connected: (socket: Socket) => void = () => undefined;
    const late = new Promise<Socket>((resolve) => {
      connected = resolve;
    });
    const exchange = createExchange({ dial: () => late });
    const question = exchange.ask({ url: server.url, timeoutMs: 100, signal: never });
    await expect(question).rejects.toMatchObject({ failure: "silent", message: "no answer within 100 ms" });
    const socket = connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    connected(socket);
    await expect.poll(() => socket.destroyed).toBe(true);
    exchange.close();
  });
});

/** Promises to keep the connection, and closes it at the next question. */
function answerOnce(socket: Socket): void {
  socket.write("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nwell");
  socket.once("data", () => socket.destroy());
}
