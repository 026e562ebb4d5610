import { BusConnection } from "./bus/bus-connection";
import { BusError, disconnected } from "./bus/bus-error";
import type { Message } from "./bus/message";
import { openTransport } from "./bus/transport";
import type { BusValue } from "./bus/wire-reader";
import type { BusArgument } from "./bus/wire-writer";
import { busName, loginName, managerName, propertiesInterface, readSignal } from "./bus-events";
import { keepAlive } from "./keep-alive";
import type { ManagerFacts } from "./manager-answers";
import { Session } from "./session";
import type { HostAddress } from "./via";

const helloLimitMs = 20_000;
/** How long systemd may be away from the bus; a daemon-reexec takes less than a second. */
const awayLimitMs = 30_000;
const managerPath = "/org/freedesktop/systemd1";
const busPath = "/org/freedesktop/DBus";

/** Where signals come from that are of interest (D-Bus specification, "Match Rules"). */
const matchRules = [
  `sender='${managerName}',path='${managerPath}',interface='${managerName}.Manager'`,
  ...["Unit", "Service"].map((of) => propertiesRule("unit", of)),
  propertiesRule("job", "Job"),
  `sender='${loginName}',interface='${loginName}.Manager',member='PrepareForShutdown'`,
];

function propertiesRule(below: string, of: string): string {
  const where = `path_namespace='${managerPath}/${below}',arg0='${managerName}.${of}'`;
  return `sender='${managerName}',interface='${propertiesInterface}',member='PropertiesChanged',${where}`;
}

/**
 * Connects to a host's service manager and subscribes to what it tells; nothing that it tells from
 * then on is lost. Rejects with a BusError whose message says in words why it did not come about.
 * `signal` ends the attempt; a session that is open is ended by its `close`.
 */
export async function openSession(address: HostAddress, signal: AbortSignal): Promise<Session> {
  if (signal.aborted) throw new BusError(disconnected, "closed by Signalbox");
  const connection = new BusConnection(openTransport(address));
  const abort = () => void connection.end("closed by Signalbox");
  signal.addEventListener("abort", abort, { once: true });
  try {
    await connection.greet(helloLimitMs);
    const session = await converse(connection);
    const stop = keepAlive(connection, () => session.ping());
    void connection.ended.then(stop);
    return session;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await connection.end(reason);
    throw new BusError(disconnected, reason);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

async function converse(connection: BusConnection): Promise<Session> {
  const bus = (member: string, signature: string, body: readonly BusArgument[], reply: string) =>
    connection.call({
      destination: busName,
      path: busPath,
      interface: busName,
      member,
      signature,
      body,
      reply,
    });
  const manager = { destination: managerName, path: managerPath };
  const subscribe = async () => {
    const call = { ...manager, interface: `${managerName}.Manager`, member: "Subscribe", reply: "" };
    await connection.call(call).catch(unless(/AlreadySubscribed$/));
  };
  const get = async (property: string) => {
    const call = { ...manager, interface: propertiesInterface, member: "Get", signature: "ss", reply: "v" };
    return (await connection.call({ ...call, body: [`${managerName}.Manager`, property] }))[0];
  };
  const early: Message[] = [];
  connection.onSignal = (message) => early.push(message);

  const [name = ""] = await bus("Hello", "", [], "s");
  // All in one breath: answers come in this order, so owners are known before their first signal.
  const [managerOwner, loginOwner, uid, version, at, monotonic] = await Promise.all([
    bus("GetNameOwner", "s", [managerName], "s").catch(notThere),
    bus("GetNameOwner", "s", [loginName], "s").catch(() => [""]),
    bus("GetConnectionUnixUser", "s", [String(name)], "u").catch(() => [null]),
    get("Version"),
    get("UserspaceTimestamp"),
    get("UserspaceTimestampMonotonic"),
    ...[managerName, loginName].map((owned) => bus("AddMatch", "s", [ownerRule(owned)], "")),
    ...matchRules.map((rule) => bus("AddMatch", "s", [`type='signal',${rule}`], "")),
    subscribe(),
  ]);
  const owners = new Map([
    [managerName, String(managerOwner?.[0])],
    [loginName, String(loginOwner?.[0])],
  ]);
  const session = new Session(connection, factsOf(version, at, monotonic, uid?.[0]));
  let away: NodeJS.Timeout | undefined;
  connection.onSignal = (message) => {
    const moved = readOwner(message);
    if (moved === null) {
      const event = readSignal(message, owners);
      if (event !== null) session.tell(event);
      return;
    }
    owners.set(moved.name, moved.owner);
    if (moved.name !== managerName) return;
    clearTimeout(away);
    if (moved.owner === "") {
      const leave = () => void connection.end("systemd left the host's bus and did not come back");
      away = setTimeout(leave, awayLimitMs);
    } else {
      subscribe()
        .then(() => session.tell({ tag: "manager-back" }))
        .catch(() => undefined);
    }
  };
  void connection.ended.then(() => clearTimeout(away));
  for (const message of early) connection.onSignal(message);
  return session;
}

function ownerRule(name: string): string {
  return `type='signal',sender='${busName}',interface='${busName}',member='NameOwnerChanged',arg0='${name}'`;
}

/** Who owns a name from now on; null if the message does not say that, or not on behalf of the bus. */
function readOwner(message: Message): { name: string; owner: string } | null {
  if (message.sender !== busName || message.member !== "NameOwnerChanged") return null;
  if (message.signature !== "sss") return null;
  const [name, , owner] = message.body() as [string, string, string];
  return { name, owner };
}

function factsOf(
  version: BusValue | undefined,
  at: BusValue | undefined,
  monotonic: BusValue | undefined,
  uid: BusValue | null | undefined,
): ManagerFacts {
  const told = typeof at === "number" && typeof monotonic === "number" && at > 0;
  return {
    version: typeof version === "string" ? version : "",
    bootStamp: told ? { at, monotonic } : null,
    uid: typeof uid === "number" ? uid : null,
  };
}

function unless(harmless: RegExp): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof BusError) || !harmless.test(error.name)) throw error;
  };
}

function notThere(error: unknown): never {
  if (!(error instanceof BusError) || !error.name.endsWith("NameHasNoOwner")) throw error;
  throw new BusError(
    error.name,
    "there is a bus, but systemd is not on it; is it that host's service manager?",
  );
}
