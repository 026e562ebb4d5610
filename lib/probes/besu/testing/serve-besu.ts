import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type RpcReply = { readonly result: unknown } | { readonly error: { code: number; message: string } };
type Method = RpcReply | ((params: readonly unknown[]) => RpcReply);

export interface HttpReply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server that speaks Besu's HTTP, as it is told to. What is not told is not enabled. */
export interface BesuServer {
  readonly url: string;
  methods: Record<string, Method>;
  /** By path, such as /readiness; a function for what depends on the request. */
  paths: Record<string, HttpReply | ((request: IncomingMessage, body: string) => HttpReply)>;
  /** In place of any JSON-RPC answer. */
  instead: HttpReply | ((request: IncomingMessage, body: string) => HttpReply | null) | null;
  takesBatches: boolean;
  /** What was asked, method by method or path by path. */
  readonly asked: string[];
  requests: number;
  close(): Promise<void>;
}

const notEnabled = { error: { code: -32604, message: "Method not enabled" } };

export async function serveBesu(methods: Record<string, Method> = {}): Promise<BesuServer> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => answer(request, body, response));
  });
  const told: BesuServer = {
    url: "",
    methods,
    paths: {},
    instead: null,
    takesBatches: true,
    asked: [],
    requests: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const answer = (request: IncomingMessage, body: string, response: ServerResponse) => {
    told.requests += 1;
    const { status, body: text, headers } = replyTo(told, request, body);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(told, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function replyTo(told: BesuServer, request: IncomingMessage, body: string): HttpReply {
  const path = new URL(request.url ?? "/", "http://host").pathname;
  if (path !== "/" || request.method !== "POST") {
    told.asked.push(request.url ?? "/");
    const reply = told.paths[path] ?? { status: 404, body: "" };
    return typeof reply === "function" ? reply(request, body) : reply;
  }
  const instead = typeof told.instead === "function" ? told.instead(request, body) : told.instead;
  if (instead !== null) return instead;
  const asked = JSON.parse(body);
  if (!Array.isArray(asked)) return { status: 200, body: JSON.stringify(resultOf(told, asked)) };
  if (told.takesBatches)
    return { status: 200, body: JSON.stringify(asked.map((call) => resultOf(told, call))) };
  const error = { code: -32005, message: "Number of requests exceeds max batch size" };
  return { status: 200, body: JSON.stringify({ jsonrpc: "2.0", id: null, error }) };
}

function resultOf(told: BesuServer, call: { id: unknown; method: string; params: readonly unknown[] }) {
  told.asked.push(call.method);
  const method = told.methods[call.method] ?? notEnabled;
  return { jsonrpc: "2.0", id: call.id, ...(typeof method === "function" ? method(call.params) : method) };
}
