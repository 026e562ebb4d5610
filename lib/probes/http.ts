import { get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";
import { spanInWords } from "../clock";
import { connectionWords } from "../connection-words";
import type { Health } from "../wire/service";

const mostBytes = 65_536;

interface HttpProbeOptions {
  readonly url: string;
  readonly timeoutMs: number;
}

/**
 * A check that asks `url` once. 2xx is ok; everything else is failing, with the reason in words:
 * another status (redirects are not followed), no whole answer within `timeoutMs` (of the body, 64 kB
 * are enough), no connection. It never throws, but for the reason of an aborted `signal`.
 */
export function httpProbe({ url, timeoutMs }: HttpProbeOptions): (signal: AbortSignal) => Promise<Health> {
  return async (signal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const { status, location } = await ask(url, AbortSignal.any([signal, timeout]));
      if (status >= 200 && status < 300) return { status: "ok", detail: `HTTP ${status}` };
      const redirect = status >= 300 && status < 400 && location ? ", a redirect, which is not followed" : "";
      return { status: "failing", detail: `HTTP ${status}${redirect}` };
    } catch (error) {
      signal.throwIfAborted();
      if (timeout.aborted) return { status: "failing", detail: `no answer within ${spanInWords(timeoutMs)}` };
      return { status: "failing", detail: connectionWords(error) };
    }
  };
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
}

/**
 * Not `fetch`: it refuses ports such as 6000 or 10080, and keeps the connection, on which a service
 * that shuts down gracefully would wait.
 */
function ask(url: string, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const get = url.startsWith("https:") ? getHttps : getHttp;
    const headers = { "user-agent": "signalbox", accept: "*/*" };
    const request = get(url, { agent: false, headers, signal }, (response) => {
      readSome(response)
        .then(
          () => resolve({ status: response.statusCode ?? 0, location: response.headers.location }),
          reject,
        )
        .finally(() => request.destroy());
    });
    request.on("error", reject);
  });
}

async function readSome(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of response) {
    bytes += (chunk as Buffer).length;
    if (bytes >= mostBytes) return;
  }
}
