import { isAboutGroup } from "@/lib/wire/about-group";
import type { Alert, PendingAlert, Severity } from "@/lib/wire/alert";
import { severities } from "./alert-order";

export const alertStatuses = [
  "firing",
  "acknowledged",
  "silenced",
  "resolved",
] as const satisfies readonly Alert["status"][];

/** Which alerts are shown: all of it stands in the address. Empty lists show all. */
export interface AlertFilter {
  readonly statuses: readonly Alert["status"][];
  readonly severities: readonly Severity[];
  readonly rules: readonly string[];
  readonly hosts: readonly string[];
  readonly groups: readonly string[];
  /** `host/name` */
  readonly services: readonly string[];
}

export const allAlerts: AlertFilter = {
  statuses: [],
  severities: [],
  rules: [],
  hosts: [],
  groups: [],
  services: [],
};

/** Reads the filter from an address's parameters; what it does not know, it leaves out. */
export function readAlertFilter(address: URLSearchParams): AlertFilter {
  const all = (name: string) => address.getAll(name).filter((value) => value !== "");
  return {
    statuses: alertStatuses.filter((status) => all("status").includes(status)),
    severities: severities.filter((severity) => all("severity").includes(severity)),
    rules: all("rule"),
    hosts: all("host"),
    groups: all("group"),
    services: all("service"),
  };
}

/** The parameters of a filter: `readAlertFilter` reads them back. */
export function writeAlertFilter(filter: AlertFilter): string {
  const address = new URLSearchParams();
  for (const status of filter.statuses) address.append("status", status);
  setPlace(address, filter);
  return address.toString();
}

/** What the API is asked for of what was: the same filter over resolved alerts. */
export function askPastAlerts(filter: AlertFilter): string {
  const address = new URLSearchParams({ status: "resolved" });
  setPlace(address, filter);
  return address.toString();
}

/** Whether alerts of this status are shown at all. */
export function showsStatus({ statuses }: AlertFilter, status: Alert["status"]): boolean {
  return statuses.length === 0 || statuses.includes(status);
}

/** Whether an alert is among what is shown. */
export function isShown(filter: AlertFilter, alert: Alert): boolean {
  return showsStatus(filter, alert.status) && isAbout(filter, alert);
}

/** The same of one that has not fired: it will, if nothing changes. */
export function isPendingShown(filter: AlertFilter, pending: PendingAlert): boolean {
  return showsStatus(filter, "firing") && isAbout(filter, pending);
}

function isAbout(
  filter: AlertFilter,
  alert: Pick<Alert, "severity" | "rule" | "host" | "group" | "service">,
) {
  return (
    has(filter.severities, alert.severity) &&
    has(filter.rules, alert.rule) &&
    has(filter.hosts, isAboutGroup(alert) ? null : alert.host) &&
    has(filter.groups, alert.group) &&
    has(filter.services, alert.service)
  );
}

/** Whether anything is left out. */
export function isFiltered(filter: AlertFilter): boolean {
  return writeAlertFilter(filter) !== "";
}

function has(wanted: readonly string[], value: string | null): boolean {
  return wanted.length === 0 || (value !== null && wanted.includes(value));
}

function setPlace(address: URLSearchParams, filter: AlertFilter): void {
  for (const severity of filter.severities) address.append("severity", severity);
  for (const rule of filter.rules) address.append("rule", rule);
  for (const host of filter.hosts) address.append("host", host);
  for (const group of filter.groups) address.append("group", group);
  for (const service of filter.services) address.append("service", service);
}
