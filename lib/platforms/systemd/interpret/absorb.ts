import type { Cause } from "../../../machine/observation";
import type { UnitFact, UnitProperties } from "../unit-facts";
import { phaseOf } from "./active-state";
import { seeJob } from "./jobs";
import { hintOf } from "./journal-hint";
import { noMemory, type UnitMemory, type UnitState, unitStates } from "./memory";

/** Takes the fact into what is remembered; no move is told here. */
export function absorb(memory: UnitMemory, fact: UnitFact): UnitMemory {
  switch (fact.tag) {
    case "opened":
      return reopen(memory, fact);
    case "properties": {
      const told = defined(fact.properties);
      if (told.activeState === undefined) return { ...memory, ahead: { ...memory.ahead, ...told } };
      if (isStale(memory, told)) return memory;
      const known = fact.whole ? {} : { ...memory.properties, ...memory.ahead };
      const seen = { ...memory, properties: { ...known, ...told }, ahead: {} };
      return seeJob(seen, told.job ?? 0, fact.seen);
    }
    case "job-new": {
      const seen = seeJob(memory, fact.job, fact.seen, { together: fact.together });
      return { ...seen, properties: { ...seen.properties, job: fact.job } };
    }
    case "job":
      return learnJob(memory, fact);
    case "job-removed": {
      const seen = seeJob(memory, fact.job, fact.seen, { result: fact.result });
      const gone = seen.properties.job === fact.job;
      return gone ? { ...seen, properties: { ...seen.properties, job: 0 } } : seen;
    }
    case "commanded": {
      const { event, context } = fact;
      const after = Math.max(0, memory.properties.job ?? 0, ...memory.jobs.map(({ id }) => id));
      const asked = { event, context, after, jobs: [], answered: false };
      return { ...memory, asked: [...memory.asked, asked].slice(-4) };
    }
    case "command-answered":
      return answer(memory, fact);
    case "manager":
      return { ...memory, manager: fact.phase };
    case "journal":
      return { ...memory, hint: hintOf(memory.hint, fact.entry) };
    case "clock":
      return { ...memory, clockOffsetUs: fact.clockOffsetUs };
    case "tick":
      return memory;
  }
}

/** What was sent before the look that is remembered: the answer to a question overtakes nothing. */
function isStale({ properties, fresh }: UnitMemory, told: UnitProperties): boolean {
  if (fresh || !told.stateChange || !properties.stateChange) return false;
  return told.stateChange.monotonic < properties.stateChange.monotonic;
}

function reopen(memory: UnitMemory, fact: UnitFact & { readonly tag: "opened" }): UnitMemory {
  const sameBoot = memory.bootId === fact.bootId;
  const state = unitStates.find((known) => known === fact.state) ?? null;
  return {
    ...noMemory,
    state,
    bootId: fact.bootId,
    clockOffsetUs: fact.clockOffsetUs,
    last: fact.since === null ? null : { at: fact.since, monotonic: null },
    newest: /^([0-9a-f]{32})\/[A-Za-z]/.exec(fact.keys?.at(-1) ?? "")?.[1] ?? "",
    ordinals: fact.keys ? ordinalsOf(fact.keys) : sameBoot ? memory.ordinals : {},
    told: memory.told,
    asked: memory.asked,
    jobs: sameBoot ? memory.jobs : [],
    ...causesKept(memory, state, sameBoot),
    manager: memory.manager,
    detail: memory.detail,
  };
}

/** A short loss of contact does not make forgotten who began what is still under way. */
function causesKept(memory: UnitMemory, state: UnitState | null, sameBoot: boolean) {
  const kept = sameBoot && state === memory.state;
  const none: Cause | null = null;
  return { startCause: kept ? memory.startCause : none, stopCause: kept ? memory.stopCause : none };
}

/** `invocation/State` and `invocation/State#2`, as `moveKey` makes them. */
function ordinalsOf(keys: readonly string[]): Record<string, number> {
  const ordinals: Record<string, number> = {};
  for (const key of keys) {
    const match = /^([0-9a-f]{32}\/[A-Za-z]+)(?:#(\d+))?$/.exec(key);
    if (!match?.[1]) continue;
    ordinals[match[1]] = Math.max(ordinals[match[1]] ?? 0, Number(match[2] ?? 1));
  }
  return ordinals;
}

function learnJob(memory: UnitMemory, fact: UnitFact & { readonly tag: "job" }): UnitMemory {
  const known = memory.jobs.find(({ id }) => id === fact.job);
  const down = phaseOf(memory.properties) === "inactive" || phaseOf(memory.properties) === "failed";
  const returned = known?.returned || (fact.state === "waiting" && down && memory.leavingJob === fact.job);
  return seeJob(memory, fact.job, fact.seen, {
    ...(fact.type === undefined ? {} : { type: fact.type }),
    returned,
  });
}

function answer(memory: UnitMemory, fact: UnitFact & { readonly tag: "command-answered" }): UnitMemory {
  const { commandId, job, error } = fact;
  if (error !== null)
    return { ...memory, asked: memory.asked.filter(({ context }) => context.commandId !== commandId) };
  const asked = memory.asked.map((one) =>
    one.context.commandId === commandId
      ? {
          ...one,
          answered: true,
          jobs: job === null ? [] : [...new Set([...(one.answered ? one.jobs : []), job])],
        }
      : one,
  );
  return { ...memory, asked };
}

/** What a signal leaves out stays as it was; `undefined` is left out as well. */
function defined<T extends object>(properties: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
