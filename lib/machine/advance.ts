import type { Move, Observation } from "./observation";
import type { Machine } from "./types";

interface Step {
  readonly state: string;
  readonly event: string | null | undefined;
  readonly inferred: boolean;
  readonly sourceKey: string;
}

/**
 * The rows of history that an observation makes of the current state: an unbroken chain, `seq`
 * rising by one, none where nothing changed. The first row of a service has `from: null`.
 *
 * Observations are recorded as they are: a move that the machine has no edge for, or of which the
 * platform says that it did not see how it came about (`event: null`), is not declared and claims
 * no event. What it passed `through` comes first, as inferred, at the same instant.
 *
 * Throws RangeError for a state that the machine does not have: the platform is wrong, not the service.
 */
export function advance(
  machine: Machine,
  current: { readonly state: string | null; readonly seq: number },
  observation: Observation,
): Move[] {
  const moves: Move[] = [];
  let { state, seq } = current;
  for (const step of stepsOf(machine, observation)) {
    if (step.state === state) continue;
    seq += 1;
    moves.push({
      seq,
      from: state,
      to: step.state,
      ...nameMove(machine, state, step),
      inferred: step.inferred,
      at: observation.at,
      observedAt: observation.observedAt,
      bootId: observation.bootId,
      monotonic: observation.monotonic,
      cause: observation.cause,
      evidence: observation.evidence,
      source: observation.source,
      sourceKey: step.sourceKey,
    });
    state = step.state;
  }
  return moves;
}

/** The states to pass, the observed one last; of equal neighbours the later, better seen one stays. */
function stepsOf(machine: Machine, observation: Observation): Step[] {
  const { state, event, sourceKey, inferred = false, through = [] } = observation;
  const steps: Step[] = [
    ...through.map((passed, index) => ({
      state: passed.state,
      event: passed.event,
      inferred: true,
      sourceKey: `${sourceKey}#${index + 1}`,
    })),
    { state, event, inferred, sourceKey },
  ];
  for (const step of steps) {
    if (!machine.states.some((known) => known.name === step.state)) {
      throw new RangeError(`the machine of kind "${machine.kind}" has no state "${step.state}"`);
    }
  }
  return steps.filter((step, index) => step.state !== steps[index + 1]?.state);
}

function nameMove(
  machine: Machine,
  from: string | null,
  step: Step,
): { readonly event: string | null; readonly declared: boolean } {
  if (from === null) return { event: null, declared: true };
  if (step.event === null) return { event: null, declared: false };
  const edges = machine.transitions.filter((edge) => edge.from === from && edge.to === step.state);
  const edge =
    edges.find(({ event }) => event === step.event) ??
    edges.find(({ origin }) => origin === "specified") ??
    edges[0];
  return edge ? { event: edge.event, declared: true } : { event: null, declared: false };
}
