import { openEventSourceLink } from "./event-source-link";
import type { FeedMessage, FromWorker, LinkState, ToWorker } from "./feed-protocol";

export interface FeedListener {
  /** The position this tab knows: asked again whenever it has to catch up. */
  position(): string;
  onMessages(messages: readonly FeedMessage[]): void;
  onLink(link: LinkState): void;
}

/** The worker pings every ten seconds; this long without one and it is taken for dead. */
const workerSilentAfterMs = 35_000;

/**
 * Connects this tab to the live feed, through the browser's shared worker where there is one, else
 * by a stream of its own that rests while the tab is hidden. Returns how to leave.
 */
export function openFeed(listener: FeedListener): () => void {
  if (typeof SharedWorker === "undefined") return openOwnStream(listener);
  let leave = joinWorker(listener, () => {
    leave = openOwnStream(listener);
  });
  return () => leave();
}

function joinWorker(listener: FeedListener, onBroken: () => void): () => void {
  const worker = new SharedWorker(new URL("./feed-worker.ts", import.meta.url), {
    type: "module",
    name: "signalbox-feed",
  });
  let heardAt = Date.now();
  const post = (message: ToWorker): void => worker.port.postMessage(message);
  const attach = (): void => post({ tag: "attach", position: listener.position() });

  function leave(): void {
    clearInterval(watching);
    removeEventListener("pageshow", onShow);
    removeEventListener("pagehide", onHide);
    post({ tag: "detach" });
    worker.port.close();
  }
  function giveUp(): void {
    leave();
    onBroken();
  }
  /** Back from the browser's page cache, where messages are not delivered. */
  function onShow(event: PageTransitionEvent): void {
    if (event.persisted) attach();
  }
  function onHide(event: PageTransitionEvent): void {
    if (!event.persisted) post({ tag: "detach" });
  }

  let watchedAt = Date.now();
  const watching = setInterval(() => {
    const now = Date.now();
    const slept = now - watchedAt > workerSilentAfterMs / 2;
    watchedAt = now;
    if (slept) {
      heardAt = now;
      attach();
    } else if (now - heardAt > workerSilentAfterMs) giveUp();
  }, 5_000);

  worker.onerror = giveUp;
  worker.port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    heardAt = Date.now();
    switch (data.tag) {
      case "messages":
        return listener.onMessages(data.messages);
      case "link":
        return listener.onLink(data.link);
      case "ping":
        return post({ tag: "alive" });
    }
  };
  addEventListener("pageshow", onShow);
  addEventListener("pagehide", onHide);
  attach();
  return leave;
}

/** A browser opens six connections to one origin: a hidden tab gives its own back. */
function openOwnStream(listener: FeedListener): () => void {
  const open = () =>
    openEventSourceLink({
      position: listener.position(),
      onMessage: (message) => listener.onMessages([message]),
      onState: listener.onLink,
    });
  let link = document.hidden ? null : open();
  function onVisibility(): void {
    link?.close();
    link = document.hidden ? null : open();
  }
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    link?.close();
  };
}
