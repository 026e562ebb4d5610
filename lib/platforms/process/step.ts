import type { Cause, Evidence, Observation } from "../../machine/observation";
import type { FactBody, FactStamp, LeftOver, ProcessFact } from "./facts";
import type { Exit, Memory, ProcessState } from "./memory";

/** A fact of one kind, with its stamp. */
export type Fact<Tag extends FactBody["tag"]> = FactStamp & Extract<FactBody, { tag: Tag }>;

export interface Step {
  readonly memory: Memory;
  readonly observations: readonly Observation[];
}

interface Movement {
  readonly to: ProcessState;
  /** `null`: how it came about was not seen. */
  readonly event: string | null;
  readonly cause: Cause;
  readonly evidence?: Evidence;
  readonly source?: Observation["source"];
  /** When it was, if earlier than the fact that tells of it. */
  readonly earlier?: { readonly at: number; readonly monotonic: number };
}

export function keep(memory: Memory): Step {
  return { memory, observations: [] };
}

/** A move to another state: `memory` is what is remembered besides. */
export function move(memory: Memory, fact: ProcessFact, movement: Movement): Step {
  const { to, event, cause, evidence = {}, source = "process", earlier } = movement;
  const { at, monotonic, bootId, invocation } = fact;
  const from = memory.state;
  const ordinal = memory.moves + 1;
  const observation: Observation = {
    state: to,
    at: earlier?.at ?? at,
    observedAt: at,
    bootId,
    monotonic: earlier?.monotonic ?? monotonic,
    event: from === null ? null : event,
    cause,
    evidence: { invocation, ...(memory.pid === null ? {} : { pid: memory.pid }), ...evidence },
    source,
    sourceKey: `${bootId}:${invocation}:${from ?? "none"}>${to}:${ordinal}`,
  };
  return { memory: { ...memory, state: to, moves: ordinal }, observations: [observation] };
}

/** How the process ended, as it is kept with the transition. */
export function exitEvidence(exit: Exit | null, leftOvers: readonly LeftOver[] = []): Evidence {
  const outlived = new Map(
    [...(exit?.leftOvers ?? []), ...leftOvers].map((process) => [process.pid, process]),
  );
  return {
    ...(exit === null ? {} : { exitCode: exit.code, signal: exit.signal, runtimeMs: exit.runtimeMs }),
    ...(outlived.size === 0 ? {} : { leftOvers: [...outlived.values()] }),
  };
}

/** For entries into Error: the exit, and the last lines of the log. */
export function failureEvidence(exit: Exit | null, leftOvers: readonly LeftOver[] = []): Evidence {
  return { ...exitEvidence(exit, leftOvers), ...(exit?.log.length ? { log: exit.log } : {}) };
}
