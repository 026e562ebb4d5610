import { check, decide, type Override, type Situation } from "../machine/decide";
import { machineOfKind } from "../machine/kinds/machine-of-kind";
import { type OperatorEvent, operatorEvents } from "../machine/types";
import type { CommandRow } from "./command-view";
import type { Refusal } from "./service";

/** Who holds the service: a command does until its target is reached. */
export function holderOf(command: CommandRow | null): Situation["holder"] {
  if (command === null || command.reachedAt !== null || command.settledAt !== null) return null;
  return { actor: command.actor, event: command.event };
}

/** What may be asked of a service of this kind now, and why the rest is refused. */
export function decisionOf(
  kind: string,
  situation: Situation,
): { allowed: OperatorEvent[]; refused: Refusal[] } {
  const machine = machineOfKind(kind);
  if (!machine) return { allowed: [], refused: operatorEvents.map((event) => unknownKind(kind, event)) };
  const { allowed, refused } = decide(machine, situation);
  return { allowed: [...allowed], refused: [...refused] };
}

export interface Asked {
  readonly event: OperatorEvent;
  /** The `seq` of the picture on which the decision to ask was made. */
  readonly expectedSeq: number | null;
  /** A refusal that the asker has seen and goes on in spite of. */
  readonly override?: Override | null;
}

/**
 * Why this command is refused now, `null` if it is allowed, in the order of CONTRACT.md: no-contact,
 * stale, busy, not-allowed-in-state. The words are those of the greyed button.
 */
export function refusalOf(
  service: { readonly kind: string; readonly seq: number },
  situation: Situation,
  { event, expectedSeq, override }: Asked,
): Refusal | null {
  const machine = machineOfKind(service.kind);
  const refusal = machine ? check(machine, situation, event) : unknownKind(service.kind, event);
  if (refusal?.code === "no-contact") return refusal;
  if (expectedSeq !== null && expectedSeq !== service.seq)
    return { event, code: "stale", reason: sayStale(expectedSeq, service.seq, situation.state) };
  return refusal?.override !== undefined && refusal.override === override ? null : refusal;
}

function sayStale(expected: number, seq: number, state: string | null): string {
  return `The service moved on: this was asked at move ${expected}, and it is at move ${seq} now, ${state ?? "not seen yet"}.`;
}

/** A database can name kinds that this version does not know. */
function unknownKind(kind: string, event: OperatorEvent): Refusal {
  return { event, code: "not-allowed-in-state", reason: `This Signalbox knows no machine of kind ${kind}.` };
}
