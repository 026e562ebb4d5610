import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Page } from "./capture";

/** A server on loopback that answers each path with a page that the test may change. */
export class MetricsServer {
  readonly pages = new Map<string, Page>();
  /** Paths that are never answered. */
  readonly silent = new Set<string>();
  /** The paths asked for, in order. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor() {
    this.#server = createServer((request, response) => {
      const path = request.url ?? "";
      this.asked.push(path);
      if (this.silent.has(path)) return;
      const page = this.pages.get(path);
      if (page === undefined) response.writeHead(404).end("404 page not found\n");
      else response.writeHead(page.status, { "content-type": page.type }).end(page.body);
    });
    this.#server.on("connection", (socket) => this.#sockets.add(socket));
  }

  serve(pages: Readonly<Record<string, Page>>): void {
    for (const [path, page] of Object.entries(pages)) this.pages.set(path, page);
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.#server.close(done));
  }
}

export function text(body: string, status = 200): Page {
  return { status, type: "text/plain; charset=utf-8", body };
}
