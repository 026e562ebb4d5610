import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { urlToHttpOptions } from "node:url";
import type { Micros } from "../machine/types";
import type { HttpAnswer, HttpRequest } from "./exchange";
import { ExchangeError, isClosed } from "./exchange-error";
import type { KeptConnections } from "./kept-connections";

const mostBytesUnlessTold = 65_536;

/**
 * One question and its answer, until `stop` aborts. Node's own client and not `fetch`, which refuses ports
 * such as 6000 or 10080. `stale`: a kept connection was closed before anything of an answer came.
 */
export function askOnce(
  url: URL,
  request: HttpRequest,
  connections: KeptConnections,
  stop: AbortSignal,
): Promise<HttpAnswer | "stale"> {
  return new Promise<HttpAnswer | "stale">((resolve, reject) => {
    const sent = send(url, request, connections, stop);
    const onStop = () => {
      sent.destroy();
      reject(stop.reason);
    };
    stop.addEventListener("abort", onStop, { once: true });
    sent.once("close", () => stop.removeEventListener("abort", onStop));
    let isAnswered = false;
    sent.on("error", (error) => {
      if (sent.reusedSocket && !isAnswered && isClosed(error)) resolve("stale");
      else reject(error);
    });
    sent.once("response", (response) => {
      isAnswered = true;
      readAnswer(response, request).then(resolve, reject);
    });
    sent.end(request.body);
    if (stop.aborted) onStop();
  });
}

function send(
  url: URL,
  { method = "GET", headers, body }: HttpRequest,
  connections: KeptConnections,
  stop: AbortSignal,
): ClientRequest {
  const options = {
    ...urlToHttpOptions(url),
    method,
    headers: {
      "user-agent": "signalbox",
      accept: "*/*",
      ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
      ...headers,
    },
    agent: connections.agentFor(url.protocol, stop),
  };
  return url.protocol === "https:" ? requestHttps(options) : requestHttp(options);
}

async function readAnswer(response: IncomingMessage, request: HttpRequest): Promise<HttpAnswer> {
  const certificateEnds = certificateEndsOf(response.socket);
  const { body, isCut } = await readBody(response, request);
  return { status: response.statusCode ?? 0, headers: response.headers, body, isCut, certificateEnds };
}

/** Leaving the loop early destroys the response, and with it the connection: nothing more is read. */
async function readBody(
  response: IncomingMessage,
  { mostBytes = mostBytesUnlessTold, cutsBody = false }: HttpRequest,
): Promise<{ body: string; isCut: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes && !cutsBody) throw tooLarge(mostBytes);
      chunks.push(chunk);
      if (bytes > mostBytes) break;
    }
  } catch (error) {
    if (!isClosed(error)) throw error;
    throw new ExchangeError("silent", "connection closed in the middle of the answer", { cause: error });
  }
  const isCut = bytes > mostBytes;
  return { body: Buffer.concat(chunks).subarray(0, mostBytes).toString("utf8"), isCut };
}

function tooLarge(mostBytes: number): ExchangeError {
  return new ExchangeError("nonsense", `the answer is larger than ${Math.round(mostBytes / 1024)} kB`);
}

const endsOfSocket = new WeakMap<Socket, Micros | null>();

function certificateEndsOf(socket: Socket): Micros | null {
  if (!(socket instanceof TLSSocket)) return null;
  const known = endsOfSocket.get(socket);
  if (known !== undefined) return known;
  const ends = Date.parse(socket.getPeerCertificate().valid_to ?? "");
  const micros = Number.isNaN(ends) ? null : ends * 1000;
  endsOfSocket.set(socket, micros);
  return micros;
}
