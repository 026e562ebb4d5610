import { openEventSourceLink } from "./event-source-link";
import { createFeedHub, type HubPort } from "./feed-hub";
import type { ToWorker } from "./feed-protocol";

/** The SharedWorker: one per browser and build, one stream however many tabs. */
const sweepEveryMs = 10_000;
const hub = createFeedHub({ openLink: openEventSourceLink });

interface WorkerScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

// The DOM library has no type for a SharedWorker's own scope.
(globalThis as unknown as WorkerScope).onconnect = (event) => {
  const [channel] = event.ports;
  if (channel === undefined) return;
  const port: HubPort = { post: (message) => channel.postMessage(message) };
  channel.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    hub.receive(port, data);
    if (data.tag === "detach") channel.close();
  };
};

setInterval(hub.sweep, sweepEveryMs);
