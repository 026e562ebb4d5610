import { edgeOrder } from "@/lib/machine/mermaid";
import type { Machine, OperatorEvent } from "@/lib/machine/types";
import type { Service, Transition } from "@/lib/wire/service";

/** How one edge is to be drawn now. */
export interface EdgeMark {
  /** `legal`: an operator may ask for it now; `near`: it leads away from the current state. */
  readonly reach: "legal" | "near" | "far";
  /** 0 for the last move, 1 for the one before, …; `null` if it is not on the trail. */
  readonly trail: number | null;
  /** How often it was taken lately. */
  readonly count: number;
  readonly practical: boolean;
}

export interface DiagramMarks {
  /** By the edge's index. */
  readonly edges: readonly EdgeMark[];
  /** By state: 0 for where the last move came from, and so on back. */
  readonly nodeTrail: ReadonlyMap<string, number>;
  /** The legal moves with the index of the edge that each would take. */
  readonly levers: readonly { readonly index: number; readonly event: OperatorEvent }[];
}

/** How many moves the trail shows. */
export const trailLength = 4;

/**
 * What a machine's drawing shows of one service: pure, from the machine, the service as it is now and
 * its newest transitions, newest first.
 */
export function markDiagram(
  machine: Machine,
  service: Service,
  transitions: readonly Transition[],
): DiagramMarks {
  const edges = edgeOrder(machine);
  const taken = transitions.map((transition) => indexOf(machine, transition));
  const trail = new Map<number, number>();
  const nodeTrail = new Map<string, number>();
  transitions.slice(0, trailLength).forEach(({ from }, age) => {
    const index = taken[age];
    if (index !== undefined && index !== null && !trail.has(index)) trail.set(index, age);
    if (from !== null && from !== service.state && !nodeTrail.has(from)) nodeTrail.set(from, age);
  });
  const levers = edges.flatMap((edge, index) => {
    if (edge === null || edge.from !== service.state || edge.by !== "operator") return [];
    const event = service.allowed.find((allowed) => allowed === edge.event);
    return event === undefined ? [] : [{ index, event }];
  });
  return {
    edges: edges.map((edge, index) => ({
      reach: levers.some((lever) => lever.index === index)
        ? "legal"
        : edge?.from === service.state
          ? "near"
          : "far",
      trail: trail.get(index) ?? null,
      count: taken.filter((each) => each === index).length,
      practical: edge?.origin === "practical",
    })),
    nodeTrail,
    levers,
  };
}

/** A machine's drawing by itself: no service is in it, and every edge counts the same. */
export function markMachine(machine: Machine): DiagramMarks {
  const edges = edgeOrder(machine).map((edge): EdgeMark => {
    return { reach: "near", trail: null, count: 0, practical: edge?.origin === "practical" };
  });
  return { edges, nodeTrail: new Map(), levers: [] };
}

/** The edge that a transition took; `null` for one that the machine does not have. */
function indexOf(machine: Machine, { from, to, event }: Transition): number | null {
  if (from === null) return to === machine.initial ? 0 : null;
  const index = edgeOrder(machine).findIndex(
    (edge) => edge !== null && edge.from === from && edge.to === to && edge.event === event,
  );
  return index === -1 ? null : index;
}
