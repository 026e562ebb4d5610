import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { DialAddress } from "./contract";

/** A connection from this machine. It ends when `signal` aborts. @throws Node's own error, or the signal's reason. */
export function connectHere({ host, port }: DialAddress, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const socket = connect({ host, port });
    const onAbort = () => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("close", () => signal.removeEventListener("abort", onAbort));
    socket.on("error", reject);
    socket.once("connect", () => resolve(socket));
  });
}
