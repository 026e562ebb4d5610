import type { KeepRunning } from "../config/fleet";
import { chainOf, type Member, quorumOf } from "../insight/quorum";
import { isWorking } from "../insight/working-states";
import type { Micros } from "../machine/types";
import type { Node } from "./application";
import { contactView, type StoredContact } from "./contact-view";
import type { Group } from "./group";

/** A service as far as its group asks, with its host's contact as stored. */
export interface StoredMember extends StoredContact {
  readonly host: string;
  readonly name: string;
  readonly state: string | null;
  /** What it says of itself as a node. */
  readonly node: Node | null;
  /** By the chain as it said last, else by the configuration. */
  readonly isValidator: boolean;
}

/** The member as it is known at `at`. */
export function memberOf(stored: StoredMember, at: Micros): Member {
  const { host, name, state, node, isValidator } = stored;
  const isSeen = contactView(stored, at).status === "live";
  return { id: `${host}/${name}`, name, state, isSeen, application: node && { node }, isValidator };
}

/** A group as every view is given it. Pure. */
export function groupView(
  name: string,
  members: readonly StoredMember[],
  keepRunning: KeepRunning | null,
  at: Micros,
): Group {
  const known = members.map((stored) => memberOf(stored, at));
  return {
    name,
    members: known.map(({ id }) => id),
    running: known.filter(({ state, isSeen }) => isSeen && isWorking(state)).length,
    keepRunning: keepRunning && leastRunning(keepRunning, members.length),
    quorum: quorumOf(known),
    chain: chainOf(known),
  };
}

/** How many of so many members have to run. */
function leastRunning(keepRunning: KeepRunning, members: number): number {
  switch (keepRunning.tag) {
    case "count":
      return keepRunning.count;
    case "fraction":
      return Math.ceil((members * keepRunning.part) / keepRunning.whole);
  }
}
