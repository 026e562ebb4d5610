import type { Micros } from "../../../machine/types";
import type { ApplicationMove, Judged } from "../../contract";
import { amissOf } from "./amiss";
import { type BesuMemory, hasSpoken } from "./besu-memory";
import { type BesuSettings, speaksItself } from "./besu-settings";
import { firstStartEnds } from "./first-start";
import { judge } from "./judge";
import { logWakeAt } from "./judge-log";
import { participationOf } from "./participation";
import { logWaitEnds } from "./step";
import { tell } from "./tell";

/** What is told after a fact, and when the next look is due without one. */
export function finish(
  memory: BesuMemory,
  moves: readonly ApplicationMove[],
  settings: BesuSettings,
  at: Micros,
): Judged<BesuMemory> {
  if (!memory.isUp) return { memory, moves, told: null, wakeAt: null };
  // Of a node that is asked nothing is newer than its last answer.
  const seenAt = speaksItself(settings) ? (memory.answer?.at ?? at) : at;
  const verdict = judge(memory, settings, seenAt);
  const part = participationOf(memory, settings, seenAt);
  const amiss = amissOf(memory, settings, verdict, at);
  const amissSince = amiss === null ? null : (memory.amissSince ?? memory.failed?.since ?? at);
  const wasInSync = memory.wasInSync || verdict.tag === "in-sync";
  const next = { ...memory, amissSince, wasInSync };
  const disagreement = amiss?.isShown && amissSince !== null ? { since: amissSince, what: amiss.what } : null;
  const told = tell({ memory: next, settings, verdict, part, disagreement, at });
  return { memory: next, moves, told, wakeAt: wakeAtOf(next, settings, at) };
}

/** A process that is up and not heard of yet is looked at again in time, and so is a log. */
function wakeAtOf(memory: BesuMemory, settings: BesuSettings, at: Micros): Micros | null {
  const ends = firstStartEnds(memory);
  const isAwaited = !hasSpoken(memory.state);
  const instants = [
    ...(ends !== null && (isAwaited || memory.amissSince !== null) ? [ends] : []),
    ...(speaksItself(settings) ? [] : logWakeAt(memory, settings)),
    ...(isAwaited && !speaksItself(settings) ? [logWaitEnds(memory)] : []),
  ].filter((instant) => instant > at);
  return instants.length === 0 ? null : Math.min(...instants);
}
