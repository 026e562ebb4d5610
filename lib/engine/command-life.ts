import { commandTargets } from "../machine/command-targets";
import type { Move } from "../machine/observation";
import type { Machine, OperatorEvent } from "../machine/types";

/** Where a command stands with the observations so far. `target` is set once it was reached. */
export interface CommandLife {
  readonly machine: Machine;
  readonly event: OperatorEvent;
  readonly target: string | null;
}

export type LifeStep =
  | { readonly tag: "waiting" }
  | { readonly tag: "reached"; readonly target: string }
  | { readonly tag: "failed"; readonly detail: string };

const waiting: LifeStep = { tag: "waiting" };

/**
 * What one observed move means for a command (CONTRACT.md, "A command's life"): nothing but an
 * observation settles it. Before the target is reached every move is on the way, there, or away
 * from it; after that, leaving the target is a failure to hold.
 */
export function followMove(life: CommandLife, move: Pick<Move, "to" | "event" | "cause">): LifeStep {
  return life.target === null ? towards(life, move) : holding(life, life.target, move);
}

function towards(life: CommandLife, move: Pick<Move, "to" | "event" | "cause">): LifeStep {
  const { to } = move;
  if (commandTargets(life.machine, life.event).includes(to)) return { tag: "reached", target: to };
  if (to === "Error") return { tag: "failed", detail: `Error instead: ${move.cause.detail}` };
  switch (life.event) {
    case "start":
    case "restart":
      // A one-shot has done what was asked when it has finished.
      if (to === "Stopped" && move.event === "finished") return { tag: "reached", target: to };
      if (to === "Stopped" || to === "Stopping")
        return { tag: "failed", detail: `${to} before it was running: ${move.cause.detail}` };
      return waiting;
    case "stop":
    case "reset":
      if (to === "Stopping") return waiting;
      return { tag: "failed", detail: `${to} instead of Stopped: ${move.cause.detail}` };
  }
}

function holding(life: CommandLife, target: string, move: Pick<Move, "to" | "cause">): LifeStep {
  if (move.to === target || commandTargets(life.machine, life.event).includes(move.to)) return waiting;
  return {
    tag: "failed",
    detail: `${target} was reached but did not hold: ${move.to}, ${move.cause.detail}`,
  };
}
