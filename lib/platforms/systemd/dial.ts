import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connectHere } from "../connect-here";
import type { DialAddress } from "../contract";
import { connectThere } from "./connect-there";
import { DialError, dialErrorOf, isForbidden, notForwarded } from "./dial-error";
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
  /** What sshd did not forward, and a command there reached. */
  const forbidden = new Set<string>();
  return async (to, signal) => {
    if (isIP(to.host) === 0 && !/^[\w.-]+$/.test(to.host))
      throw new DialError("the address holds no host name");
    const onDecided = await openings.begin(signal);
    const target = inOneWord(to);
    const forward = forbidden.has(target) ? null : forwardLine(address, target);
    const commandThere = () => spawnOn(address, connectThere(to));
    const stream = new HostStream({
      open: () => (forward === null ? commandThere() : spawnLine(forward)),
      instead: (ending) => {
        if (forward === null || forbidden.has(target) || !isForbidden(ending)) return null;
        forbidden.add(target);
        return commandThere();
      },
      errorOf: (ending) => {
        if (!forbidden.has(target)) return dialErrorOf(ending, to);
        const error = notForwarded(ending, to);
        // Neither way leads there: the better one may be opened meanwhile.
        if (error.code === "EACCES") forbidden.delete(target);
        return error;
      },
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
