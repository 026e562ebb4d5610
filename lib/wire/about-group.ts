import type { Alert } from "./alert";

/** A group is on no single host: neither silences nor filters by host meet its alerts. */
export function isAboutGroup({ service, group }: Pick<Alert, "service" | "group">): boolean {
  return service === null && group !== null;
}
