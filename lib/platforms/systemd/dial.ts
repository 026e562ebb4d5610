import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connectHere } from "../connect-here";
import type { DialAddress } from "../contract";
import { connectThere } from "./connect-there";
import { DialError, dialErrorOf, isForbidden } from "./dial-error";
import { HostStream } from "./host-stream";
import { Openings } from "./openings";
import { spawnLine, spawnOn } from "./spawn-on";
import { forwardLine, type HostAddress } from "./via";

export type HostDial = (to: DialAddress, signal: AbortSignal) => Promise<Duplex>;

/**
 * Connections as they are made on a systemd host: over a forwarded stream where the prefix ends in ssh,
 * otherwise, and where its server forbids forwarding, by a command there. They end when the signal aborts.
 */
export function createHostDial(address: HostAddress): HostDial {
  if (address.via === undefined) return address.bus === undefined ? connectHere : refuseBusOnly;
  const openings = new Openings();
  let isForwarded = true;
  return async (to, signal) => {
    if (isIP(to.host) === 0 && !/^[\w.-]+$/.test(to.host))
      throw new DialError("the address holds no host name");
    const onDecided = await openings.begin(signal);
    const forward = isForwarded ? forwardLine(address, inOneWord(to)) : null;
    const commandThere = () => spawnOn(address, connectThere(to));
    let isOther = false;
    const stream = new HostStream({
      open: () => (forward === null ? commandThere() : spawnLine(forward)),
      instead: (ending) => {
        if (forward === null || isOther || ending.tag !== "exited" || !isForbidden(ending.said)) return null;
        isOther = true;
        isForwarded = false;
        return commandThere();
      },
      errorOf: (ending) => dialErrorOf(ending, to),
      onDecided,
    });
    const onAbort = () => stream.destroy();
    signal.addEventListener("abort", onAbort, { once: true });
    stream.once("close", () => signal.removeEventListener("abort", onAbort));
    return stream;
  };
}

function inOneWord({ host, port }: DialAddress): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

function refuseBusOnly(): Promise<Duplex> {
  const message = "the host is reached by its bus alone, so nobody can ask from there";
  const mend = "Give the host a via, or ask with from: here.";
  return Promise.reject(new DialError(message, "EACCES", mend));
}
