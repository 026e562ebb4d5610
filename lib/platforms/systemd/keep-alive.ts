import { spanInWords } from "../../clock";
import type { BusConnection } from "./bus/bus-connection";

const everyMs = 3_000;
const silentTicks = 3;

/**
 * Ends a connection from which nothing has come for a while although it was asked, so that a dead
 * network is noticed. Counts ticks and not time: a pause of this process is no silence of the host.
 * Returns what stops it.
 */
export function keepAlive(connection: BusConnection, ask: () => Promise<unknown>): () => void {
  let heardAt = connection.lastHeardAt;
  let silent = 0;
  const timer = setInterval(() => {
    // What arrived during a pause is read before this looks.
    setImmediate(() => {
      if (connection.lastHeardAt !== heardAt) silent = 0;
      else silent++;
      heardAt = connection.lastHeardAt;
      if (silent > silentTicks) {
        void connection.end(`the host has not answered for ${spanInWords(silentTicks * everyMs)}`);
      } else if (silent === 1) ask().catch(() => undefined);
    });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
