import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { spanInWords } from "../clock";
import { connectionWords } from "../connection-words";
import { timeLimit } from "../time-limit";
import { plainLine } from "./plain-line";
import { type Outcome, sent } from "./telling";

/** Of an answer's body, for the reason why it was no. */
const mostAnswerBytes = 4_096;
const longestAnswerMs = 2_000;
const longestAskedWaitMs = 3_600_000;

export interface Post {
  readonly url: URL;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Posts JSON once. 2xx is sent, whatever becomes of the answer's body. A redirect is not followed:
 * the message would go where nobody said. No whole answer within `limitMs`, 408, 425, 429 and 5xx may
 * be better next time; every other status is the receiver's no. Never throws.
 */
export async function post(what: Post, limitMs: number, signal: AbortSignal): Promise<Outcome> {
  const limit = timeLimit(limitMs, signal);
  try {
    return await ask(what, limit.signal);
  } catch (error) {
    if (signal.aborted) return failed("Signalbox was ended while it was sent");
    return failed(limit.isOver ? `no answer within ${spanInWords(limitMs)}` : connectionWords(error));
  } finally {
    limit.end();
  }
}

/** Not `fetch`: it follows redirects, refuses some ports, and keeps connections. */
function ask({ url, body, headers }: Post, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const own = { "content-type": "application/json", "user-agent": "signalbox", ...length };
    const request = send(url, { method: "POST", agent: false, headers: { ...own, ...headers }, signal });
    request.on("error", reject);
    request.on("response", (response) => {
      // From here on an error is the body's, and the status has said what counts.
      response.on("error", () => {});
      void readStart(response).then((text) => {
        resolve(outcomeOf(response, text));
        request.destroy();
      });
    });
    request.end(body);
  });
}

/** The first bytes of the body, as far as they come soon. */
function readStart(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).subarray(0, mostAnswerBytes).toString("utf8"));
    };
    const timer = setTimeout(finish, longestAnswerMs);
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= mostAnswerBytes) finish();
    });
    for (const end of ["end", "close", "error"] as const) response.once(end, finish);
  });
}

function outcomeOf({ statusCode = 0, headers }: IncomingMessage, text: string): Outcome {
  if (statusCode >= 200 && statusCode < 300) return sent;
  const said = plainLine(text.replace(/<[^>]*>/g, " "), 200);
  const status = `HTTP ${statusCode}`;
  if (statusCode >= 300 && statusCode < 400)
    return {
      tag: "refused",
      reason: `${status}, a redirect${whereTo(headers.location)}; it is not followed`,
    };
  const reason = said === "" ? status : `${status}: ${said}`;
  if (statusCode >= 500 || [408, 425, 429].includes(statusCode))
    return { tag: "failed", reason, afterMs: askedWait(headers["retry-after"]) };
  return { tag: "refused", reason };
}

/** The server alone: the rest of an address may be a secret. */
function whereTo(location: string | undefined): string {
  return location !== undefined && URL.canParse(location) ? ` to ${new URL(location).origin}` : "";
}

/** Seconds, as chats give them also with a fraction. */
function askedWait(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,9}(\.\d{1,9})?$/.test(text)) return null;
  return Math.min(Math.ceil(Number(text) * 1_000), longestAskedWaitMs);
}

function failed(reason: string): Outcome {
  return { tag: "failed", reason, afterMs: null };
}
