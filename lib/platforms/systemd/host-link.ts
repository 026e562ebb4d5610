import { setTimeout as sleep } from "node:timers/promises";
import type { Micros } from "../../machine/types";
import { openSession } from "./open-session";
import type { Session } from "./session";
import type { HostAddress } from "./via";

const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** A session that lasted so long was a good one: the next failure is the first again. */
const provenAfterMs = 30_000;

/** That a host is not reached: told at once each time; when to cry is the listener's to decide. */
export interface LinkDown {
  /** In words for people; ssh's own where there are any. */
  readonly reason: string;
  /** When the host was last heard by our clock; null if never since the link was made. */
  readonly lastHeardAt: Micros | null;
  /** How often in a row it did not come about, 1 the first time. */
  readonly attempt: number;
  readonly retryInMs: number;
}

export interface LinkListener {
  onUp(session: Session): void;
  onDown(down: LinkDown): void;
}

export interface HostLink {
  /** Ends the session and all attempts; resolves when no process of them is left. Tells nothing more. */
  close(): Promise<void>;
}

/**
 * Keeps one session to a host for as long as it is wanted, and connects again whenever it ends:
 * after a random time below 0.5 s that doubles up to 30 s, so that many hosts do not come at once.
 */
export function keepLinked(address: HostAddress, listener: LinkListener): HostLink {
  const aborter = new AbortController();
  const over = keepTrying(address, listener, aborter.signal);
  return {
    close: async () => {
      aborter.abort();
      await over;
    },
  };
}

async function keepTrying(address: HostAddress, listener: LinkListener, signal: AbortSignal): Promise<void> {
  let lastHeardAt: Micros | null = null;
  let attempt = 0;
  while (!signal.aborted) {
    const { session, reason } = await tryToOpen(address, signal);
    let ended = reason;
    if (session !== null) {
      const since = performance.now();
      ended = await stay(session, listener, signal);
      lastHeardAt = session.lastHeardAt ?? lastHeardAt;
      if (performance.now() - since >= provenAfterMs) attempt = 0;
    }
    if (signal.aborted) return;
    attempt++;
    const retryInMs = delayBefore(attempt);
    listener.onDown({ reason: ended, lastHeardAt, attempt, retryInMs });
    await sleep(retryInMs, undefined, { signal }).catch(() => undefined);
  }
}

async function tryToOpen(address: HostAddress, signal: AbortSignal) {
  try {
    return { session: await openSession(address, signal), reason: "" };
  } catch (error) {
    return { session: null, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function stay(session: Session, listener: LinkListener, signal: AbortSignal): Promise<string> {
  const leave = () => void session.close();
  signal.addEventListener("abort", leave, { once: true });
  if (signal.aborted) leave();
  else listener.onUp(session);
  const reason = await session.ended;
  signal.removeEventListener("abort", leave);
  // Only when nothing is left of it: a host has one connection at a time.
  await session.close();
  return reason;
}

/** Full jitter: any time up to a ceiling that doubles. */
function delayBefore(attempt: number): number {
  const ceiling = Math.min(firstDelayMs * 2 ** Math.min(attempt - 1, 10), longestDelayMs);
  return Math.round(Math.random() * ceiling);
}
