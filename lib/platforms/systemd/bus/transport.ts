import { connect, Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { endingInWords, lastWords } from "../ending-words";
import { spawnOn } from "../spawn-on";
import type { HostAddress } from "../via";
import { readBusAddress } from "./bus-address";

/** A way to a bus: its bytes in both directions. */
export interface Transport {
  readonly input: Readable;
  readonly output: Writable;
  /** Why the other side is gone, in words for people; never rejects. */
  readonly gone: Promise<string>;
  /** What the way itself has to say so far, such as ssh's complaints; "" if nothing. */
  said(): string;
  /** Resolves when nothing of it is left. */
  end(): Promise<void>;
}

const bridge = "systemd-stdio-bridge";
const ownBus = "unix:path=/run/dbus/system_bus_socket";

/**
 * Opens the way to a host's bus: the socket that the address names or this machine's own, else
 * systemd's bridge (systemd-stdio-bridge(1)) through the command prefix. A prefix beside a bus is for
 * other commands (CONTRACT, signalbox.yaml). What goes wrong is told by `gone`.
 */
export function openTransport(address: HostAddress): Transport {
  if (address.bus !== undefined) return openSocket(address.bus);
  if (address.via === undefined) return openSocket(ownBus);
  const command = spawnOn(address, [bridge]);
  return {
    input: command.stdout,
    output: command.stdin,
    gone: command.ended.then((ending) => endingInWords(ending, bridge)),
    said: () => lastWords(command.said()),
    end: () => command.end(),
  };
}

function openSocket(bus: string): Transport {
  const address = readBusAddress(bus);
  const socket = address.tag === "socket" ? connect(address.path) : new Socket();
  const gone = new Promise<string>((resolve) => {
    if (address.tag === "unusable") resolve(address.reason);
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(socketError(error, bus)));
    socket.on("close", () => resolve("the bus closed the connection"));
  });
  return {
    input: socket,
    output: socket,
    gone,
    said: () => "",
    end: async () => {
      socket.destroy();
    },
  };
}

function socketError(error: NodeJS.ErrnoException, bus: string): string {
  switch (error.code) {
    case "ENOENT":
      return `there is no bus at ${bus} on this machine; is systemd its service manager, and dbus installed?`;
    case "ECONNREFUSED":
      return `nobody answers at ${bus} on this machine; is dbus running?`;
    case "EACCES":
      return `Signalbox's user may not open ${bus}`;
    default:
      return `the connection to ${bus} broke: ${error.message}`;
  }
}
