import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers a request that was read to its end. */
export type Answering = (response: ServerResponse, received: Received) => void;

export const says =
  (status: number, body = "", headers: Record<string, string> = {}): Answering =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };

/** A real HTTP server on loopback that notes what it gets, and answers as `answer` says at that time. */
export class TestReceiver {
  readonly received: Received[] = [];
  answer: Answering = says(200);
  #server = createServer((request, response) => void this.#take(request, response));
  #port = 0;

  static async open(): Promise<TestReceiver> {
    const receiver = new TestReceiver();
    await receiver.up();
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/in/s3cret-path`;
  }

  /** Takes connections, on the same port as before. */
  async up(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Refuses connections, and breaks off those that stand. */
  async down(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on("error", () => {});
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return; // the sender went away half-way
    }
    const body = Buffer.concat(chunks).toString("utf8");
    const received = { path: request.url ?? "", headers: request.headers, body };
    this.received.push(received);
    this.answer(response, received);
  }
}
