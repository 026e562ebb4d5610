import { liveEventTypes } from "@/lib/wire/live";
import type { FeedMessage, LinkState } from "./feed-protocol";
import { createLag } from "./lag";

/** The server's sign of life between events: an event without an id. */
const pingType = "ping";
const watchEveryMs = 5_000;
/** A watch that comes this late means that the machine slept: the connection is not to be trusted. */
const sleptAfterMs = 20_000;
/** Once pings were heard, this long without any sign means that the connection is dead. */
const silentAfterMs = 20_000;
const signedOutRetryMs = 10_000;
/** An open link is said at most this often: with every message it would double them. */
const sayEveryMs = 1_000;

export interface LinkOptions {
  /** Where to begin; `null` asks for the whole fleet. */
  readonly position: string | null;
  onMessage(message: FeedMessage): void;
  onState(state: LinkState): void;
}

export interface FeedLink {
  close(): void;
}

/**
 * One connection to the live feed, kept up: the browser's own reconnect with `Last-Event-ID` first,
 * and where it gives up (an HTTP error, a dead socket, a sleeping machine) a new one with `?after=`,
 * after 1 s to 10 s and a random part.
 */
export function openEventSourceLink(options: LinkOptions): FeedLink {
  let position = options.position;
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let failures = 0;
  let heardAt: number | null = null;
  let connectingSince = Date.now();
  let connected = false;
  let saidAt = 0;
  let server = { build: "", clockOffsetMs: 0 };
  let pingsSeen = false;
  let lag = createLag(0);
  let behindMs = 0;
  let lastWatch = Date.now();
  let closed = false;

  function url(): string {
    return position === null ? "/api/v1/live" : `/api/v1/live?after=${encodeURIComponent(position)}`;
  }

  function sayConnecting(): void {
    options.onState({ tag: "connecting", since: connectingSince, heardAt });
  }

  function heard(): void {
    const now = Date.now();
    heardAt = now;
    failures = 0;
    if (connected && now - saidAt < sayEveryMs) return;
    connected = true;
    saidAt = now;
    // What was on its way for long is a picture of then.
    options.onState({ tag: "open", heardAt: now - behindMs, ...server });
  }

  /** Either clock may have been set since the hello; what waited on its way tells an old time. */
  function readSign(data: string): void {
    const { build = server.build, time = "", upMs, resumed } = JSON.parse(data) as Sign;
    if (resumed) lag.began(performance.now());
    behindMs = upMs === undefined ? 0 : lag.heard(upMs, performance.now());
    server = { build, clockOffsetMs: offsetOf(time, behindMs) };
  }

  function take(type: FeedMessage["type"], event: MessageEvent<string>): void {
    if (event.lastEventId !== "") position = event.lastEventId;
    if (type === "hello") {
      // The browser has reconnected by itself, perhaps to another process: its clock is another one.
      lag = createLag(performance.now());
      readSign(event.data);
    }
    if (type === "fleet") lag.began(performance.now());
    heard();
    options.onMessage({ type, id: event.lastEventId, data: event.data });
  }

  function open(): void {
    if (closed) return;
    const opened = new EventSource(url());
    source = opened;
    lag = createLag(performance.now());
    behindMs = 0;
    for (const type of liveEventTypes) {
      opened.addEventListener(type, (event: MessageEvent<string>) => take(type, event));
    }
    opened.addEventListener(pingType, (event: MessageEvent<string>) => {
      pingsSeen = true;
      readSign(event.data);
      heard();
      if (lag.worthBeginningAnew()) beginAnew();
    });
    opened.onerror = () => {
      if (opened !== source) return;
      lost();
      if (opened.readyState === EventSource.CLOSED) reopenLater();
    };
  }

  function lost(): void {
    if (connected) connectingSince = Date.now();
    connected = false;
    sayConnecting();
  }

  function reopenLater(): void {
    drop();
    failures += 1;
    const delayMs = Math.min(10_000, 1_000 * 2 ** (failures - 1)) + Math.random() * 500;
    retry = setTimeout(() => void knock(), delayMs);
  }

  /** An EventSource does not say why it was refused: a request of our own does. */
  async function knock(): Promise<void> {
    const status = await statusOf(url());
    if (closed) return;
    if (status !== 401) return open();
    options.onState({ tag: "signed-out", since: connectingSince });
    retry = setTimeout(() => void knock(), signedOutRetryMs);
  }

  /** Leaves behind what is still on its way, and asks for the fleet as it is now. */
  function beginAnew(): void {
    drop();
    position = null;
    open();
  }

  function drop(): void {
    source?.close();
    source = null;
    if (retry !== null) clearTimeout(retry);
    retry = null;
  }

  function watch(): void {
    const now = Date.now();
    const slept = now - lastWatch > sleptAfterMs;
    const silent = pingsSeen && heardAt !== null && now - heardAt > silentAfterMs;
    lastWatch = now;
    if (source === null || !(slept || silent)) return;
    drop();
    lost();
    open();
  }

  sayConnecting();
  open();
  const watching = setInterval(watch, watchEveryMs);
  return {
    close() {
      closed = true;
      clearInterval(watching);
      drop();
    },
  };
}

async function statusOf(url: string): Promise<number | null> {
  const abort = new AbortController();
  try {
    const response = await fetch(url, { signal: abort.signal, headers: { accept: "text/event-stream" } });
    return response.status;
  } catch {
    // Not reachable at all: the next attempt of the stream itself will say so.
    return null;
  } finally {
    abort.abort();
  }
}

/** What hello and ping say of the server. */
interface Sign {
  readonly build?: string;
  readonly time?: string;
  readonly upMs?: number;
  /** It goes on where we were: no fleet comes first. */
  readonly resumed?: boolean;
}

/** How far the server's clock is ahead of this browser's (what the way itself takes is left in). */
function offsetOf(time: string, behindMs: number): number {
  const offsetMs = Date.parse(time) + behindMs - Date.now();
  return Math.abs(offsetMs) > 1_000 ? offsetMs : 0;
}
