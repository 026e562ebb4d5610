import type { Sql } from "@/db/open";
import { readGroupMembers } from "@/db/read/groups";
import type { Member } from "../../insight/quorum";
import { memberOf } from "../../wire/group-view";
import type { GroupFacts } from "./group-desk";
import type { HostDesk } from "./host-desk";

/** What another engine watches is read so often at the most, … */
export const readEveryUs = 5_000_000;
/** … and after so long without an answer it counts as not seen. */
const staleUs = 15_000_000;

/** What the database said of members that another engine watches. */
export interface Elsewhere {
  readonly members: ReadonlyMap<string, Member>;
  /** By the monotonic clock. */
  readonly readAt: number;
}

/** Whether some members are on hosts that this engine does not watch. */
export function isPartlyElsewhere({ members }: GroupFacts, hosts: ReadonlyMap<string, HostDesk>): boolean {
  return members.some(({ host }) => !hosts.has(host));
}

/** @param now by both clocks; the wall clock says whether hosts are heard of. */
export async function readElsewhere(
  sql: Sql,
  group: string,
  now: { readonly at: number; readonly monotonic: number },
): Promise<Elsewhere> {
  const rows = await readGroupMembers(sql, [group]);
  const members = rows.map((row) => memberOf(row, now.at));
  return { members: new Map(members.map((member) => [member.id, member])), readAt: now.monotonic };
}

/** The members as they are known now: of the hosts watched here at once, of others as it was last read. */
export function membersNow(
  { name, members }: GroupFacts,
  hosts: ReadonlyMap<string, HostDesk>,
  elsewhere: Elsewhere | null,
  monotonic: number,
): Member[] {
  const isFresh = elsewhere !== null && monotonic - elsewhere.readAt < staleUs;
  const desks = new Map(
    [...new Set(members.map(({ host }) => host))].flatMap((host) => {
      const watched = hosts.get(host);
      const here = [...(watched?.services.values() ?? [])].filter(({ facts }) => facts.group === name);
      return here.map((desk) => [desk.facts.id, { isSeen: watched?.watch.live === true, desk }] as const);
    }),
  );
  return members.map(({ id, host, name: own, isValidator }) => {
    const here = desks.get(id);
    if (here) {
      const { state, application, isValidator: isKnown } = here.desk;
      return { id, name: own, state, isSeen: here.isSeen, application, isValidator: isKnown };
    }
    const other = hosts.has(host) ? undefined : elsewhere?.members.get(id);
    if (other) return { ...other, isSeen: other.isSeen && isFresh };
    return { id, name: own, state: null, isSeen: false, application: null, isValidator };
  });
}
