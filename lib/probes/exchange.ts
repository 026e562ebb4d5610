import type { IncomingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import { spanInWords } from "../clock";
import type { Micros } from "../machine/types";
import { askOnce } from "./ask-once";
import { ExchangeError, exchangeErrorOf } from "./exchange-error";
import { KeptConnections } from "./kept-connections";

export { ExchangeError } from "./exchange-error";

/** HTTP as probes speak it: bounded in time and size, without redirects, from here or from a host. */

/** Opens a byte stream to an address, as it is seen from the place that the probe asks from. */
export type Dial = (
  address: { readonly host: string; readonly port: number },
  signal: AbortSignal,
) => Promise<Duplex>;

export interface HttpRequest {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** More than that of a body is not read: it fails as nonsense. Default: 64 kB. */
  readonly mostBytes?: number;
  /** A longer body is no failure: its beginning is the answer, and the connection is not kept. */
  readonly cutsBody?: boolean;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** True where the body is only its beginning, as `cutsBody` allows. */
  readonly isCut?: boolean;
  /** When its certificate ends; null without TLS. */
  readonly certificateEnds: Micros | null;
}

/** Keeps a connection for the next question where the other side does. */
export interface Exchange {
  /** @throws ExchangeError, or the reason of an aborted `signal`. */
  ask(request: HttpRequest): Promise<HttpAnswer>;
  /** Closes its connections, those in use too. A question after that opens a new one. */
  close(): void;
}

/**
 * An exchange with connections of its own. The whole of a question, waiting for its turn and the last byte
 * of the body included, ends within its `timeoutMs`. A kept connection that the other side closed meanwhile
 * is no failure: then, and only then, it is asked a second time, on a new one. Over `dial` one question is
 * asked at a time, on one stream.
 */
export function createExchange({ dial }: { readonly dial?: Dial }): Exchange {
  const connections = new KeptConnections(dial);
  let before: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(ask: () => Promise<T>, stop: AbortSignal): Promise<T> => {
    if (dial === undefined) return ask();
    const mine = Promise.race([before, whenAborted(stop)]).then(() => {
      stop.throwIfAborted();
      return ask();
    });
    before = Promise.all([before, mine.catch(() => undefined)]);
    return mine;
  };

  return {
    async ask(request) {
      request.signal.throwIfAborted();
      const url = webUrl(request.url);
      const stop = new AbortController();
      const onAbort = () => stop.abort(request.signal.reason);
      request.signal.addEventListener("abort", onAbort, { once: true });
      const words = `no answer within ${spanInWords(request.timeoutMs)}`;
      const timer = setTimeout(() => stop.abort(new ExchangeError("silent", words)), request.timeoutMs);
      try {
        return await inTurn(() => askTwiceIfStale(url, request, connections, stop.signal), stop.signal);
      } catch (error) {
        stop.signal.throwIfAborted();
        throw exchangeErrorOf(error);
      } finally {
        clearTimeout(timer);
        request.signal.removeEventListener("abort", onAbort);
      }
    },
    close: () => connections.close(),
  };
}

async function askTwiceIfStale(
  url: URL,
  request: HttpRequest,
  connections: KeptConnections,
  stop: AbortSignal,
): Promise<HttpAnswer> {
  const answer = await askOnce(url, request, connections, stop);
  if (answer !== "stale") return answer;
  connections.closeIdle();
  const again = await askOnce(url, request, connections, stop);
  if (again !== "stale") return again;
  throw new ExchangeError("silent", "connection closed without an answer");
}

function webUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw new ExchangeError("unreachable", "the address is no URL");
  if (!/^https?:$/.test(url.protocol))
    throw new ExchangeError("unreachable", "only http and https can be asked");
  return url;
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
