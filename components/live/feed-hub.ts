import type { FeedLink, LinkOptions } from "./event-source-link";
import type { FeedMessage, FromWorker, LinkState, ToWorker } from "./feed-protocol";
import { createFeedRing, type FeedRing } from "./feed-ring";

/** A tab, as the hub sees it. */
export interface HubPort {
  post(message: FromWorker): void;
}

export interface FeedHub {
  receive(port: HubPort, message: ToWorker): void;
  /** Called every few seconds: pings the tabs and forgets those that have not answered. */
  sweep(): void;
}

interface HubOptions {
  openLink(options: LinkOptions): FeedLink;
  /** Milliseconds; a tab that says nothing for this long is forgotten. */
  readonly silentAfterMs?: number;
  /** Milliseconds that the stream outlives its last tab, so that a page change does not cut it. */
  readonly lingerMs?: number;
  now?(): number;
}

/**
 * Shares one stream among the tabs of a browser. A tab that joins gets what it missed from the ring;
 * if the ring does not reach back that far, it gets the server's full `fleet` and then the rest.
 */
export function createFeedHub(options: HubOptions): FeedHub {
  const { silentAfterMs = 60_000, lingerMs = 15_000, now = Date.now } = options;
  const heardFrom = new Map<HubPort, number>();
  let link: FeedLink | null = null;
  let ring: FeedRing | null = null;
  let state: LinkState = { tag: "connecting", since: now(), heardAt: null };
  let emptySince: number | null = null;
  let snapshot: { readonly link: FeedLink; readonly waiting: Set<HubPort> } | null = null;

  function broadcast(message: FromWorker): void {
    for (const port of heardFrom.keys()) port.post(message);
  }

  function take(message: FeedMessage): void {
    if (message.type === "fleet") ring?.restart(message.id);
    else if (message.type !== "hello") ring?.push(message);
    broadcast({ tag: "messages", messages: [message] });
  }

  function open(position: string): void {
    ring = createFeedRing(position);
    link = options.openLink({
      position,
      onMessage: take,
      onState(next) {
        state = next;
        broadcast({ tag: "link", link: next });
      },
    });
  }

  function attach(port: HubPort, position: string): void {
    emptySince = null;
    if (link === null) open(position);
    port.post({ tag: "link", link: state });
    const missed = ring?.after(position) ?? null;
    if (missed === null) askForFleet(port);
    else if (missed.length > 0) port.post({ tag: "messages", messages: missed });
  }

  /** One short connection of its own, for all tabs that need it: the shared stream is not disturbed. */
  function askForFleet(port: HubPort): void {
    if (snapshot !== null) {
      snapshot.waiting.add(port);
      return;
    }
    const waiting = new Set([port]);
    const onMessage = (message: FeedMessage): void => {
      if (message.type !== "fleet") return;
      const since = ring?.after(message.id) ?? [];
      for (const each of waiting) each.post({ tag: "messages", messages: [message, ...since] });
      snapshot?.link.close();
      snapshot = null;
    };
    snapshot = { waiting, link: options.openLink({ position: null, onMessage, onState: () => undefined }) };
  }

  function forget(port: HubPort): void {
    heardFrom.delete(port);
    snapshot?.waiting.delete(port);
    if (heardFrom.size === 0) emptySince ??= now();
  }

  function closeWhenUnused(): void {
    if (emptySince === null || now() - emptySince < lingerMs) return;
    link?.close();
    snapshot?.link.close();
    link = null;
    snapshot = null;
    ring = null;
    emptySince = null;
  }

  return {
    receive(port, message) {
      if (message.tag === "detach") return forget(port);
      // A tab that was forgotten while it slept attaches anew; until then its signs of life are ignored.
      if (message.tag === "attach" || heardFrom.has(port)) heardFrom.set(port, now());
      if (message.tag === "attach") attach(port, message.position);
    },
    sweep() {
      for (const [port, heardAt] of heardFrom) {
        if (now() - heardAt > silentAfterMs) forget(port);
        else port.post({ tag: "ping" });
      }
      closeWhenUnused();
    },
  };
}
