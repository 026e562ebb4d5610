import type { Micros } from "../../machine/types";
import type { BusConnection } from "./bus/bus-connection";
import { BusError } from "./bus/bus-error";
import type { BusValue } from "./bus/wire-reader";
import type { BusArgument } from "./bus/wire-writer";
import { type BusEvent, busName, managerName, propertiesInterface } from "./bus-events";
import { type ManagerFacts, rowsOf, type UnitProcess, type UnitRow, type UnitUsage } from "./manager-answers";
import { jobOfPath, pathOfJob, pathOfUnit, unitOfPath } from "./object-path";
import { readProperties, type ToldProperties } from "./read-properties";
import type { UnitProperties } from "./unit-facts";
import { refuseUnitName } from "./unit-name";

const managerPath = "/org/freedesktop/systemd1";
const unitRows = "a(ssssssouso)";
const jobMethods = { start: "StartUnit", stop: "StopUnit", restart: "RestartUnit" } as const;

/**
 * A conversation with one host's service manager: what it tells (`follow`), what it answers, what it
 * is asked to do. Calls reject with a BusError. Whoever awaits an answer runs before the events that
 * came after it are told, so that an answer never overwrites something newer.
 */
export class Session {
  readonly facts: ManagerFacts;
  readonly #connection: BusConnection;
  #waiting: BusEvent[] | null = [];
  #onEvent: (event: BusEvent) => void = () => undefined;

  constructor(connection: BusConnection, facts: ManagerFacts) {
    this.#connection = connection;
    this.facts = facts;
  }

  /** Why the session is over, in a sentence for people. */
  get ended(): Promise<string> {
    return this.#connection.ended;
  }

  /** When anything last came from the host, by our clock. */
  get lastHeardAt(): Micros | null {
    return this.#connection.lastHeardAt;
  }

  /** Ends the session; resolves when no process and no socket of it is left. */
  close(): Promise<void> {
    return this.#connection.end("closed by Signalbox");
  }

  /** Tells every event since the session began, and from then on each as it comes. */
  follow(onEvent: (event: BusEvent) => void): void {
    this.#onEvent = onEvent;
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const event of waiting) onEvent(event);
  }

  /** For the one who reads the signals: an event has come. */
  tell(event: BusEvent): void {
    if (this.#waiting === null) this.#onEvent(event);
    else this.#waiting.push(event);
  }

  /** All units that are loaded now. */
  async listUnits(): Promise<UnitRow[]> {
    return rowsOf(await this.#manager("ListUnits", "", [], unitRows));
  }

  /** These units, loaded or not: masked, not-found and bad ones too (ListUnitsByNames). */
  async listUnitsByNames(names: readonly string[]): Promise<UnitRow[]> {
    return rowsOf(await this.#manager("ListUnitsByNames", "as", [names], unitRows));
  }

  /** Loaded units in one of the states (none: any) whose names match one of the patterns (glob(7)). */
  async listUnitsByPatterns(states: readonly string[], patterns: readonly string[]): Promise<UnitRow[]> {
    return rowsOf(await this.#manager("ListUnitsByPatterns", "asas", [states, patterns], unitRows));
  }

  /** Loads a unit that may not be loaded; the name that systemd has for it, which an alias is not. */
  async load(unit: string): Promise<string> {
    expectUnit(unit);
    const [path] = await this.#manager("LoadUnit", "s", [unit], "o");
    return unitOfPath(String(path)) ?? unit;
  }

  /** Keeps the unit loaded while this session lasts; false where this user has no right to that. */
  async ref(unit: string): Promise<boolean> {
    expectUnit(unit);
    try {
      await this.#manager("RefUnit", "s", [unit], "");
      return true;
    } catch (error) {
      if (error instanceof BusError && /(AccessDenied|AuthorizationRequired)$/.test(error.name)) return false;
      throw error;
    }
  }

  /** All that the interpretation reads of a unit, as of one moment. */
  async unitProperties(unit: string): Promise<UnitProperties> {
    // Of all its interfaces at once, as systemctl(1) asks: whoever is not loaded is loaded once.
    const target = { destination: managerName, path: pathOfUnit(unit), interface: propertiesInterface };
    const call = { ...target, member: "GetAll", signature: "s", body: [""], reply: "a{sv}" };
    const [told] = await this.#connection.call(call);
    return readProperties(told as ToldProperties);
  }

  /** Memory, processor time and tasks of a service: never signalled, so to be asked for. */
  async usage(unit: string): Promise<UnitUsage> {
    const get = async (property: string) => {
      const value = await this.#get(pathOfUnit(unit), `${managerName}.Service`, property);
      return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
    };
    const names = ["MemoryCurrent", "CPUUsageNSec", "TasksCurrent"] as const;
    const [memoryBytes, cpuNs, tasks] = await Promise.all(names.map(get));
    return { memoryBytes: memoryBytes ?? null, cpuNs: cpuNs ?? null, tasks: tasks ?? null };
  }

  /** Whether the unit's file changed after it was loaded: never signalled. */
  async needDaemonReload(unit: string): Promise<boolean> {
    return (await this.#get(pathOfUnit(unit), `${managerName}.Unit`, "NeedDaemonReload")) === true;
  }

  /** What kind of job it is; null when it is gone, as quick jobs often are. */
  async jobType(job: number): Promise<string | null> {
    try {
      const type = await this.#get(pathOfJob(job), `${managerName}.Job`, "JobType");
      return typeof type === "string" ? type : null;
    } catch {
      return null;
    }
  }

  /** The host as a whole: "initializing", "starting", "running", "degraded", "stopping", … */
  async systemState(): Promise<string> {
    return String(await this.#get(managerPath, `${managerName}.Manager`, "SystemState"));
  }

  /** Asks for a job; its id, or null where systemd made none. That it was taken proves nothing. */
  async enqueue(
    unit: string,
    verb: keyof typeof jobMethods,
    mode = "replace",
  ): Promise<{ job: number | null }> {
    expectUnit(unit);
    const [path] = await this.#manager(jobMethods[verb], "ss", [unit, mode], "o", true);
    return { job: jobOfPath(String(path)) };
  }

  /** Forgets that the unit failed, and how often it was started of late. */
  async resetFailed(unit: string): Promise<void> {
    expectUnit(unit);
    await this.#manager("ResetFailedUnit", "s", [unit], "", true);
  }

  /** The processes in the unit's control group: those that a stop left behind, too. */
  async processes(unit: string): Promise<UnitProcess[]> {
    expectUnit(unit);
    const [rows] = await this.#manager("GetUnitProcesses", "s", [unit], "a(sus)", true);
    return (rows as [string, number, string][]).map(([cgroup, pid, command]) => ({ cgroup, pid, command }));
  }

  /** How long the host's bus takes to answer, in milliseconds. */
  async ping(): Promise<number> {
    const before = performance.now();
    // Not Peer.Ping, which a bus refuses some users.
    const bus = { destination: busName, path: "/org/freedesktop/DBus", interface: busName };
    await this.#connection.call({ ...bus, member: "GetId", reply: "s", urgent: true });
    return performance.now() - before;
  }

  #manager(
    member: string,
    signature: string,
    body: readonly BusArgument[],
    reply: string,
    urgent = false,
  ): Promise<readonly BusValue[]> {
    const target = { destination: managerName, path: managerPath, interface: `${managerName}.Manager` };
    return this.#connection.call({ ...target, member, signature, body, reply, urgent });
  }

  /** Single properties are asked for while somebody looks, or of jobs that are gone in a moment. */
  async #get(path: string, of: string, property: string): Promise<BusValue | undefined> {
    const target = { destination: managerName, path, interface: propertiesInterface, urgent: true };
    const call = { ...target, member: "Get", signature: "ss", body: [of, property], reply: "v" };
    return (await this.#connection.call(call))[0];
  }
}

function expectUnit(unit: string): void {
  const reason = refuseUnitName(unit);
  if (reason !== null) throw new BusError("org.freedesktop.DBus.Error.InvalidArgs", reason);
}
