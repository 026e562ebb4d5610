import type { HostGap } from "@/lib/wire/service";
import type { ShownGap } from "./history-entries";

/** Hosts that were lost and found this close together, for the same reason, were lost together. */
const togetherMs = 2_000;

/** Gaps of several hosts, newest first: where one thing (such as an end of Signalbox) made many, as one. */
export function gatherGaps(gaps: readonly HostGap[]): readonly ShownGap[] {
  const gathered: (ShownGap & { readonly hosts: string[] })[] = [];
  const sorted = [...gaps].sort((left, right) => (left.from < right.from ? 1 : -1));
  for (const { host, ...gap } of sorted) {
    const same = gathered.find((each) => isTogether(each, gap));
    if (same === undefined) gathered.push({ ...gap, hosts: [host] });
    else if (!same.hosts.includes(host)) same.hosts.push(host);
  }
  for (const { hosts } of gathered) hosts.sort();
  return gathered;
}

function isTogether(left: ShownGap, right: ShownGap): boolean {
  const isSame = left.reason === right.reason && left.recovered === right.recovered;
  return isSame && isNear(left.from, right.from) && isNear(left.to, right.to);
}

function isNear(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return left === right;
  return Math.abs(Date.parse(left) - Date.parse(right)) <= togetherMs;
}
