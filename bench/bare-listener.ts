import { BusConnection } from "../lib/platforms/systemd/bus/bus-connection";
import { type Message, messageTypes } from "../lib/platforms/systemd/bus/message";
import { openTransport } from "../lib/platforms/systemd/bus/transport";
import type { BusArgument } from "../lib/platforms/systemd/bus/wire-writer";
import { unitOfPath } from "../lib/platforms/systemd/object-path";
import type { ToldProperties } from "../lib/platforms/systemd/read-properties";
import { monotonicMs } from "./monotonic";

const systemd = "org.freedesktop.systemd1";
const bus = {
  destination: "org.freedesktop.DBus",
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
};
const rules = [
  `type='signal',sender='${systemd}',interface='org.freedesktop.DBus.Properties',arg0='${systemd}.Unit'`,
  `type='signal',sender='${systemd}',interface='${systemd}.Manager',member='JobRemoved'`,
];
const stamps = ["InactiveEnter", "InactiveExit", "ActiveEnter", "ActiveExit", "StateChange"];

/**
 * The least that anyone can do: a connection of its own that notes when a signal came, and does
 * nothing with it. Whatever else is measured is measured beside it.
 */
export class BareListener {
  readonly #connection: BusConnection;
  /** When a unit's timestamp was first told, by unit and stamp. */
  readonly #told = new Map<string, number>();
  readonly #jobWaiters = new Map<string, (at: number) => void>();

  private constructor(connection: BusConnection) {
    this.#connection = connection;
    connection.onSignal = (message) => this.#onSignal(message, monotonicMs());
  }

  static async open(busAddress: string): Promise<BareListener> {
    const connection = new BusConnection(openTransport({ bus: busAddress }));
    await connection.greet(20_000);
    const call = (member: string, signature: string, body: readonly BusArgument[], reply: string) =>
      connection.call({ ...bus, member, signature, body, reply });
    await call("Hello", "", [], "s");
    for (const rule of rules) await call("AddMatch", "s", [rule], "");
    const manager = {
      destination: systemd,
      path: "/org/freedesktop/systemd1",
      interface: `${systemd}.Manager`,
    };
    await connection.call({ ...manager, member: "Subscribe", reply: "" });
    return new BareListener(connection);
  }

  /** When the signal came that told this timestamp (µs of the host's monotonic clock); null if none did. */
  heardAt(unit: string, stamp: number): number | null {
    return this.#told.get(`${unit} ${stamp}`) ?? null;
  }

  /** Resolves when the next job of the unit has ended, with when that was heard. */
  jobDone(unit: string): Promise<number> {
    return new Promise((resolve) => this.#jobWaiters.set(unit, resolve));
  }

  close(): Promise<void> {
    return this.#connection.end("closed");
  }

  #onSignal(message: Message, at: number): void {
    if (message.type !== messageTypes.signal || message.path === null) return;
    if (message.member === "JobRemoved" && message.signature === "uoss") {
      const unit = String(message.body()[2]);
      this.#jobWaiters.get(unit)?.(at);
      this.#jobWaiters.delete(unit);
      return;
    }
    const unit = unitOfPath(message.path);
    if (unit === null || message.member !== "PropertiesChanged" || message.signature !== "sa{sv}as") return;
    const changed = message.body()[1] as ToldProperties;
    for (const name of stamps) {
      const key = `${unit} ${String(changed.get(`${name}TimestampMonotonic`))}`;
      if (!this.#told.has(key)) this.#told.set(key, at);
    }
  }
}
