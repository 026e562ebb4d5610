import { bootId } from "../../clock";
import { Family, invocationVariable, serviceVariable } from "./family";
import { listProcesses, type ProcessEntry, readVariable } from "./process-table";
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
  const entries = await listProcesses();
  const recorded = new Map(records.map((record) => [record.service, record]));
  const marked = groupByMark(entries, markPrefix);
  const found = new Map<string, Found>();
  for (const service of new Set([...recorded.keys(), ...marked.keys()])) {
    const record = recorded.get(service) ?? null;
    const own = marked.get(service) ?? [];
    const leader = leaderOf(entries, own, record);
    const family = new Family(
      leader === null ? null : { ...leader.entry, bootId: bootId() },
      markPrefix + service,
    );
    found.set(service, {
      family,
      processes: await family.members(),
      leader: leader === null ? null : { pid: leader.entry.pid, begun: leader.begun },
      rebooted: record !== null && record.bootId !== bootId(),
    });
  }
  return found;
}

function groupByMark(entries: readonly ProcessEntry[], markPrefix: string): Map<string, ProcessEntry[]> {
  const marked = new Map<string, ProcessEntry[]>();
  for (const entry of entries) {
    const mark = readVariable(entry.pid, serviceVariable);
    if (mark === null || !mark.startsWith(markPrefix) || entry.pid === process.pid) continue;
    const service = mark.slice(markPrefix.length);
    marked.set(service, [...(marked.get(service) ?? []), entry]);
  }
  return marked;
}

function leaderOf(
  entries: readonly ProcessEntry[],
  own: readonly ProcessEntry[],
  record: ProcessRecord | null,
) {
  const here = record?.bootId === bootId() ? record : null;
  const known = entries.find(({ pid, startTime }) => pid === here?.pid && startTime === here.startTime);
  if (known !== undefined) return { entry: known, begun: here };
  // Spawned, but killed before the record was written: it leads a session, under another invocation.
  const unrecorded = own.find(
    ({ pid, sessionId }) => pid === sessionId && readVariable(pid, invocationVariable) !== here?.invocation,
  );
  return unrecorded === undefined ? null : { entry: unrecorded, begun: null };
}
