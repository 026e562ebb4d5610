"use client";

import { useMemo } from "react";
import { chainOf, quorumOf } from "@/lib/insight/quorum";
import type { Chain, Quorum } from "@/lib/wire/group";
import type { Service } from "@/lib/wire/service";
import { useFleetIndex } from "../live/use-fleet";
import { useServices } from "../live/use-services";
import { memberOf, runs } from "./members";

export interface LiveGroup {
  /** By name, as people count. */
  readonly members: readonly Service[];
  readonly running: number;
  readonly unseen: number;
  readonly quorum: Quorum | null;
  readonly chain: Chain | null;
}

/** "web-2" before "web-10". */
const collator = new Intl.Collator("en", { numeric: true });

/** The groups of the fleet with their members' ids, both in the order of the names. */
export function useGroups(): ReadonlyMap<string, readonly string[]> {
  const services = useFleetIndex(false);
  return useMemo(() => {
    const groups = new Map<string, Service[]>();
    for (const service of services) {
      if (service.group === null) continue;
      const members = groups.get(service.group);
      if (members === undefined) groups.set(service.group, [service]);
      else members.push(service);
    }
    return new Map(
      [...groups]
        .sort(([left], [right]) => collator.compare(left, right))
        .map(([name, members]) => [name, members.sort(byName).map(({ id }) => id)]),
    );
  }, [services]);
}

function byName(left: Service, right: Service): number {
  return collator.compare(left.name, right.name) || collator.compare(left.host, right.host);
}

/** A group as it stands now; only a change of one of its members draws it again. */
export function useGroup(ids: readonly string[]): LiveGroup {
  const members = useServices(ids);
  return useMemo(() => {
    const asked = members.map(memberOf);
    return {
      members,
      running: members.filter(runs).length,
      unseen: members.filter(({ contact }) => contact.status !== "live").length,
      quorum: quorumOf(asked),
      chain: chainOf(asked),
    };
  }, [members]);
}
