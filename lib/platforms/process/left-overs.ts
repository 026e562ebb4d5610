import { bootId } from "../../clock";
import { type Census, takeCensus } from "./census";
import { Family } from "./family";
import type { ProcessEntry } from "./process-table";
import type { ProcessRecord } from "./record-file";

/** What an earlier run left of one service. */
export interface Found {
  readonly family: Family;
  readonly processes: readonly ProcessEntry[];
  /** The service's own process is among them, and when it was started, if that is known. */
  readonly leader: { readonly pid: number; readonly begun: ProcessRecord | null } | null;
  /** A record of an earlier boot: all that ran then has ended with it. */
  readonly rebooted: boolean;
}

/**
 * Looks for what runs of an earlier Signalbox's services: by their records (pid, start time and
 * boot id must all be right) and, where the environment can be read, by their marks, which also
 * finds what was started between the spawn and its record. By service name.
 */
export async function findLeftOvers(
  records: readonly ProcessRecord[],
  markPrefix: string,
): Promise<Map<string, Found>> {
  const census = await takeCensus();
  const recorded = new Map(records.map((record) => [record.service, record]));
  const marked = [...census.marked.keys()]
    .filter((mark) => mark.startsWith(markPrefix))
    .map((mark) => mark.slice(markPrefix.length));
  const found = new Map<string, Found>();
  for (const service of new Set([...recorded.keys(), ...marked])) {
    const record = recorded.get(service) ?? null;
    const mark = markPrefix + service;
    const leader = leaderOf(census, mark, record);
    const family = new Family(leader === null ? null : { ...leader.entry, bootId: bootId() }, mark);
    found.set(service, {
      family,
      processes: family.membersIn(census),
      leader: leader === null ? null : { pid: leader.entry.pid, begun: leader.begun },
      rebooted: record !== null && record.bootId !== bootId(),
    });
  }
  return found;
}

function leaderOf(census: Census, mark: string, record: ProcessRecord | null) {
  const here = record?.bootId === bootId() ? record : null;
  const known = here === null ? undefined : census.get(here.pid);
  if (known !== undefined && known.startTime === here?.startTime) return { entry: known, begun: here };
  // Spawned, but killed before the record was written: it leads a session, under another invocation.
  const unrecorded = census.marked
    .get(mark)
    ?.find(({ pid, sessionId, invocation }) => pid === sessionId && invocation !== here?.invocation);
  return unrecorded === undefined ? null : { entry: unrecorded, begun: null };
}
