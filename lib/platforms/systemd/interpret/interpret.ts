import type { Cause, Observation, Source } from "../../../machine/observation";
import type { Micros } from "../../../machine/types";
import type { ServiceDetail } from "../../contract";
import type { UnitFact } from "../unit-facts";
import { absorb } from "./absorb";
import { attribute } from "./attribute";
import { decide } from "./decide";
import { detailOf } from "./detail";
import type { UnitMemory } from "./memory";
import { observeLife } from "./observe-life";
import { type Plan, type Situation, stay } from "./situation";
import { adopt, renew, takeStep } from "./take-step";

/*
 * Notes about systemd, by someone who paid for them (all seen live on 252, see the captures):
 *
 * - ActiveState is the state; SubState is its colour and changes from version to version. Two things
 *   are not what they are called: `activating/auto-restart` is a unit that is down and waits, and
 *   `active` of a Type=simple unit says no more than that a process was forked.
 * - A restart is one job over stop and start. In the middle the unit is `inactive` with its Job set:
 *   that is no stop. Whether a job is a restart can mostly not be read (its object is gone, or says
 *   "start" by then); that it goes back to `waiting`, or names a new InvocationID, proves it.
 * - A job's result proves nothing: a stop that failed says "done", so does a start that a condition
 *   refused, or one whose process was dead a millisecond later. Only the unit's state counts.
 * - InvocationID is new as soon as the conditions were checked, while the unit still shows as
 *   inactive or failed. A start that is refused before that has none of its own.
 * - Signals carry the values of the moment in which they were sent, not of the moment in which they
 *   were due: states in between can be missing. The timestamps tell what was passed.
 * - Service properties come in a signal of their own, before those of the unit that they belong to.
 *   So nothing is decided on them alone.
 * - Result is that of the newest run: it goes back to success at the next start, and stays
 *   "exit-code" when the start limit refuses an automatic start. reset-failed leaves no other trace
 *   than the change to inactive.
 */

/** How long what is undecided is held, in µs: two or three round trips to a slow host. */
const patienceUs = 250_000;
/** A move leads to at most this many others at once; more would be a mistake of ours, and ends. */
const mostMoves = 12;

export interface UnitSettings {
  readonly unit: string;
  /** How long a Type=simple, idle or forking unit must stay up before it counts as Running. */
  readonly settleMs: number;
}

export interface UnitInterpretation {
  readonly memory: UnitMemory;
  readonly observations: readonly Observation[];
  /** What is shown beside the state; absent if it is as before. */
  readonly detail?: ServiceDetail;
  /** Causes of earlier moves, learnt now; `sourceKey` names the move. */
  readonly attributions: readonly { readonly sourceKey: string; readonly cause: Cause }[];
  /** When a `tick` must come, on our own monotonic clock; null: nothing is waited for. */
  readonly wakeAt: Micros | null;
}

/**
 * What a fact means: the moves that it shows, each with its cause, its evidence and a key that the
 * journal makes as well (`moveKey`). Pure and total: a fact that means nothing where the unit is moves
 * nothing, and no sequence of facts is refused. Instants never go back.
 * The rules are DOMAIN §6 and DESIGN §2 and §3; each has its test beside its module.
 */
export function interpretUnit(
  memory: UnitMemory,
  fact: UnitFact,
  settings: UnitSettings,
): UnitInterpretation {
  const observations: Observation[] = [];
  const source: Source = fact.tag === "properties" && fact.whole ? "snapshot" : "signal";
  const situated = (now: UnitMemory): Situation => ({
    memory: now,
    properties: now.properties,
    seen: fact.seen,
    settleMs: settings.settleMs,
  });
  let now = absorb(memory, fact);
  for (let moves = 0; moves < mostMoves; moves += 1) {
    now = observeLife(situated(now));
    const situation = situated(now);
    const { plan, memory: waiting } = wait(now, decide(situation), fact.seen.monotonic);
    now = waiting;
    if (plan.tag === "adopt") {
      now = adopt(now);
    } else if (plan.tag === "renew") {
      now = renew(now);
    } else if (plan.tag === "go") {
      const taken = takeStep({ ...situation, memory: now }, plan.step, source);
      now = taken.memory;
      observations.push(taken.observation);
    } else break;
  }
  const attributed = attribute(accountForJobs(now), fact);
  const detail = detailOf(attributed.memory);
  const changed = fact.tag === "opened" || JSON.stringify(detail) !== JSON.stringify(memory.detail);
  return {
    memory: { ...attributed.memory, detail },
    observations,
    attributions: attributed.attributions,
    ...(changed ? { detail } : {}),
    wakeAt: wakeAt(attributed.memory, fact.seen.monotonic),
  };
}

/** What is held is waited for once; after that its own step is taken, or nothing. */
function wait(memory: UnitMemory, plan: Plan, monotonic: Micros): { plan: Plan; memory: UnitMemory } {
  if (plan.tag !== "hold") return { plan, memory: memory.held === null ? memory : { ...memory, held: null } };
  const known = memory.held?.reason === plan.reason ? memory.held : null;
  const held = known ?? { reason: plan.reason, until: monotonic + patienceUs, over: false };
  if (monotonic < held.until) return { plan: stay, memory: { ...memory, held } };
  return {
    plan: plan.step === null ? stay : { tag: "go", step: plan.step },
    memory: { ...memory, held: { ...held, over: true } },
  };
}

/** With no job left and nothing to decide, what the jobs so far were to bring about is told. */
function accountForJobs(memory: UnitMemory): UnitMemory {
  const newest = memory.jobs.at(-1);
  if (memory.properties.job || newest === undefined || memory.held !== null) return memory;
  return memory.fresh ? memory : { ...memory, jobsTold: Math.max(memory.jobsTold, newest.id) };
}

function wakeAt(memory: UnitMemory, monotonic: Micros): Micros | null {
  const due = [
    memory.held !== null && !memory.held.over ? memory.held.until : null,
    memory.state === "Starting" ? memory.life.settleAt : null,
  ].filter((instant) => instant !== null && instant > monotonic);
  return due.length === 0 ? null : Math.min(...(due as number[]));
}
