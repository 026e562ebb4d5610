import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Servers of a test: real sockets on the loopback, gone with the test. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** How many connections it has been given so far. */
  readonly connections: () => number;
  readonly open: () => number;
  readonly drop: () => void;
}

export async function listen(server: Server, host = "127.0.0.1", scheme = "http"): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    drop();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  const url = `${scheme}://${name}:${port}/`;
  return { url, port, connections: () => connections, open: () => sockets.size, drop };
}

export function serveHttp(listener: RequestListener, host?: string): Promise<TestServer> {
  return listen(createHttpServer(listener), host);
}

/** @param onQuestion is called once for each connection, with the first bytes of a question read. */
export function serveBytes(onQuestion: (socket: Socket) => void): Promise<TestServer> {
  return listen(createServer((socket) => socket.once("data", () => onQuestion(socket))));
}
