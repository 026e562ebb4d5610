import type { Quorum } from "@/lib/wire/group";
import type { Service } from "@/lib/wire/service";
import { type Part, partOf } from "./members";

export interface QuorumSlot {
  readonly key: string;
  readonly part: Exclude<Part, null>;
  /** Null: the chain has it, and this fleet does not. */
  readonly service: Service | null;
}

/** The chain's validators in two parts: as many as are needed, and those that it can do without. */
export interface QuorumSlots {
  readonly needed: readonly QuorumSlot[];
  readonly spare: readonly QuorumSlot[];
}

const ranks = { yes: 0, unknown: 1, no: 2 } as const;

/** One slot for each validator of the chain: those that take part first, then those of whom it is not known. */
export function slotsOf(members: readonly Service[], { n, needed }: Quorum): QuorumSlots {
  const known = members.flatMap((service): QuorumSlot[] => {
    const part = partOf(service);
    return part === null ? [] : [{ key: service.id, part, service }];
  });
  const others = Array.from({ length: Math.max(0, n - known.length) }, (_, at): QuorumSlot => {
    return { key: `other ${at}`, part: "unknown", service: null };
  });
  const slots = [...known, ...others].sort((left, right) => ranks[left.part] - ranks[right.part]);
  return { needed: slots.slice(0, needed), spare: slots.slice(needed) };
}
