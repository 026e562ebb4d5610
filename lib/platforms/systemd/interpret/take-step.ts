import type { Evidence, Observation, Source } from "../../../machine/observation";
import { instantKey, moveKey, type UnitProperties } from "../unit-facts";
import { phaseOf } from "./active-state";
import { hasEnded, hasLeftInactive } from "./life";
import { type Life, type Moment, noLife, type UnitMemory } from "./memory";
import type { Situation, Step } from "./situation";

const rememberedKeys = 64;
const rememberedMoves = 32;

/** The move is told: as an observation, and as what is remembered from now on. */
export function takeStep(
  situation: Situation,
  step: Step,
  source: Source,
): { readonly memory: UnitMemory; readonly observation: Observation } {
  const { memory, properties, seen } = situation;
  const at: Moment = { ...step.at, at: Math.max(step.at.at, memory.last?.at ?? step.at.at) };
  const invocation = step.invocation ?? (memory.life.invocation || (properties.invocation ?? ""));
  const bootId = memory.bootId ?? "";
  const keyedBy = step.keyedBy ?? invocation;
  const base = keyedBy === "" ? instantKey(bootId, step.to, at.at) : moveKey(keyedBy, step.to);
  const ordinal = (memory.ordinals[base] ?? 0) + 1;
  const sourceKey = keyedBy === "" ? numbered(base, ordinal) : moveKey(keyedBy, step.to, ordinal);
  const observation: Observation = {
    state: step.to,
    at: at.at,
    observedAt: seen.at,
    bootId: memory.bootId,
    monotonic: at.monotonic,
    event: memory.state === null ? null : step.event,
    cause: step.cause,
    evidence: evidenceOf(properties),
    source,
    sourceKey,
    ...(step.inferred ? { inferred: true } : {}),
  };
  const told = { sourceKey, to: step.to, invocation, job: step.job, cause: step.cause };
  const { [base]: _, ...others } = memory.ordinals;
  const ordinals = { ...others, [base]: ordinal };
  return {
    memory: {
      ...remember(memory, properties, step),
      last: at,
      ordinals: Object.fromEntries(Object.entries(ordinals).slice(-rememberedKeys)),
      told: [...memory.told, told].slice(-rememberedMoves),
      life: lifeAfter(memory, properties, step, invocation),
    },
    observation,
  };
}

/** Two moves of one microsecond that belong to no life must still have two names. */
function numbered(key: string, ordinal: number): string {
  return ordinal > 1 ? `${key}#${ordinal}` : key;
}

/** History and the first look agree: nothing is told, and what follows is compared with this. */
export function adopt(memory: UnitMemory): UnitMemory {
  const { properties } = memory;
  const { stateChange } = properties;
  const last = stateChange
    ? { ...stateChange, at: Math.max(stateChange.at, memory.last?.at ?? 0) }
    : memory.last;
  return {
    ...memory,
    ...baseline(memory, properties),
    last,
    fresh: false,
    held: null,
    life: lifeNow(memory),
  };
}

/** The start that was told has been followed by another; both are Starting. */
export function renew(memory: UnitMemory): UnitMemory {
  const { invocation = "", job = 0 } = memory.properties;
  const life = { ...noLife, invocation, startJob: job };
  return { ...memory, ...baseline(memory, memory.properties), life, leavingJob: null, held: null };
}

function baseline(memory: UnitMemory, properties: UnitProperties) {
  return {
    restartsCounted: properties.nRestarts ?? memory.restartsCounted,
    conditionSeen: properties.conditionAt?.monotonic ?? memory.conditionSeen,
  };
}

function lifeNow({ properties, state }: UnitMemory): Life {
  const phase = phaseOf(properties);
  return {
    ...noLife,
    // A start may be under way that has named its invocation and has not left inactive yet.
    invocation: hasLeftInactive(properties) ? (properties.invocation ?? "") : "",
    startJob: state === "Starting" ? (properties.job ?? 0) : 0,
    activatingSeen: phase === "activating",
  };
}

function lifeAfter(memory: UnitMemory, properties: UnitProperties, step: Step, invocation: string): Life {
  if (memory.fresh) return lifeNow({ ...memory, state: step.to });
  if (step.to !== "Starting")
    return memory.life.invocation === "" ? { ...memory.life, invocation } : memory.life;
  const before = properties.invocation ?? "";
  return { ...noLife, invocation, before: invocation === "" ? before : "", startJob: step.job };
}

function remember(memory: UnitMemory, properties: UnitProperties, step: Step): UnitMemory {
  const risen = properties.nRestarts !== undefined && properties.nRestarts > memory.restartsCounted;
  const kept: UnitMemory = {
    ...memory,
    ...baseline(memory, properties),
    state: step.to,
    fresh: false,
    held: null,
    jobsTold: Math.max(memory.jobsTold, step.job),
  };
  const automatic = risen && !memory.fresh ? (properties.nRestarts ?? null) : memory.automatic;
  switch (step.to) {
    case "Starting":
      // A reset that was asked for in the failure before this is none of a later one.
      return {
        ...kept,
        leavingJob: null,
        automatic: null,
        startCause: step.cause,
        stopCause: null,
        asked: kept.asked.filter(({ event }) => event !== "reset"),
      };
    case "Running":
      // What has left already was found to have run before: it is still on its way down.
      return { ...kept, leavingJob: hasEnded(properties) ? memory.leavingJob : null, stopCause: null };
    case "Stopping":
    case "Restarting":
      return { ...kept, automatic, stopCause: step.cause, startCause: null };
    case "Stopped":
    case "Error":
      return {
        ...kept,
        automatic,
        leavingJob: null,
        startCause: null,
        stopCause: null,
        asked: kept.asked.filter(
          ({ event, context }) => event !== "reset" || context.commandId !== step.cause.commandId,
        ),
      };
  }
}

/** The properties that show it, few and as they were. */
function evidenceOf(properties: UnitProperties): Evidence {
  const { activeState, subState, result, job, execMainCode, execMainStatus, invocation, nRestarts } =
    properties;
  const shown = { activeState, subState, result, job, execMainCode, execMainStatus, invocation, nRestarts };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined));
}
