import { type Message, messageTypes } from "./bus/message";
import type { BusValue } from "./bus/wire-reader";
import { jobOfPath, unitOfPath } from "./object-path";
import { readProperties, type ToldProperties } from "./read-properties";
import type { UnitProperties } from "./unit-facts";

/** What a host's service manager tells by itself. */
export type BusEvent =
  | { readonly tag: "properties"; readonly unit: string; readonly properties: UnitProperties }
  | { readonly tag: "job-new"; readonly job: number; readonly unit: string }
  | { readonly tag: "job-removed"; readonly job: number; readonly unit: string; readonly result: string }
  | { readonly tag: "job"; readonly job: number; readonly state?: string; readonly type?: string }
  | { readonly tag: "unit-new"; readonly unit: string }
  /** systemd forgot the unit for now; it need not be gone (DOMAIN §1.3, 20). */
  | { readonly tag: "unit-removed"; readonly unit: string }
  /** A daemon-reload begins or has ended; after it everything is to be listed again. */
  | { readonly tag: "reloading"; readonly active: boolean }
  /** systemd left the bus and is back, and is subscribed to again: list everything again. */
  | { readonly tag: "manager-back" }
  | { readonly tag: "startup-finished" }
  | { readonly tag: "unit-files-changed" }
  /** logind: the host begins to go down (PrepareForShutdown). */
  | { readonly tag: "system-shutdown" };

export const managerName = "org.freedesktop.systemd1";
export const loginName = "org.freedesktop.login1";
export const busName = "org.freedesktop.DBus";
export const propertiesInterface = `${busName}.Properties`;

/** Whose names on the bus we need to know, to tell their signals from forged ones. */
export type Owners = ReadonlyMap<string, string>;

/**
 * What a signal tells; null if it is nothing of ours. Any program on a host may send us a signal
 * that looks like systemd's (a match rule keeps off broadcasts only), so its sender, which the bus
 * vouches for, has to be the owner of systemd's name. A WireError where the body cannot be read.
 */
export function readSignal(message: Message, owners: Owners): BusEvent | null {
  if (message.type !== messageTypes.signal || message.sender === null) return null;
  const { path, member, interface: of } = message;
  if (message.sender === owners.get(loginName)) {
    const isShutdown =
      of === `${loginName}.Manager` && member === "PrepareForShutdown" && message.signature === "b";
    return isShutdown && message.body()[0] === true ? { tag: "system-shutdown" } : null;
  }
  if (message.sender !== owners.get(managerName) || path === null) return null;
  if (of === `${managerName}.Manager`) return readManagerSignal(message);
  if (of !== propertiesInterface || member !== "PropertiesChanged" || message.signature !== "sa{sv}as")
    return null;
  return readChange(path, message);
}

function readChange(path: string, message: Message): BusEvent | null {
  const unit = unitOfPath(path);
  const job = unit === null ? jobOfPath(path) : null;
  if (unit === null && job === null) return null;
  const [of, changed] = message.body() as readonly [string, ToldProperties, BusValue];
  if (unit !== null) {
    if (of !== `${managerName}.Unit` && of !== `${managerName}.Service`) return null;
    const properties = readProperties(changed);
    return Object.keys(properties).length === 0 ? null : { tag: "properties", unit, properties };
  }
  if (job === null) return null;
  const [state, type] = [changed.get("State"), changed.get("JobType")];
  return {
    tag: "job",
    job,
    ...(typeof state === "string" && { state }),
    ...(typeof type === "string" && { type }),
  };
}

function readManagerSignal(message: Message): BusEvent | null {
  switch (`${message.member} ${message.signature}`) {
    case "JobNew uos": {
      const [job, , unit] = message.body() as [number, string, string];
      return { tag: "job-new", job, unit };
    }
    case "JobRemoved uoss": {
      const [job, , unit, result] = message.body() as [number, string, string, string];
      return { tag: "job-removed", job, unit, result };
    }
    case "UnitNew so":
      return { tag: "unit-new", unit: message.body()[0] as string };
    case "UnitRemoved so":
      return { tag: "unit-removed", unit: message.body()[0] as string };
    case "Reloading b":
      return { tag: "reloading", active: message.body()[0] as boolean };
    case "StartupFinished tttttt":
      return { tag: "startup-finished" };
    case "UnitFilesChanged ":
      return { tag: "unit-files-changed" };
    default:
      return null;
  }
}
