import type { IncomingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import type { Micros } from "../machine/types";
import type { Failure } from "./contract";

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
  /** More than that of a body is not read: it fails as nonsense. */
  readonly mostBytes?: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** When its certificate ends; null without TLS. */
  readonly certificateEnds: Micros | null;
}

/** Why no whole answer came, in words without anything secret. */
export class ExchangeError extends Error {
  override readonly name = "ExchangeError";
  readonly failure: Failure;

  constructor(failure: Failure, message: string) {
    super(message);
    this.failure = failure;
  }
}

/** Keeps a connection for the next question where the other side does. */
export interface Exchange {
  /** @throws ExchangeError, or the reason of an aborted `signal`. */
  ask(request: HttpRequest): Promise<HttpAnswer>;
  close(): void;
}
