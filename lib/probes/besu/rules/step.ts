import type { Micros } from "../../../machine/types";
import type { ApplicationMove } from "../../contract";
import { type BesuMemory, hasSpoken, isSilent } from "./besu-memory";
import type { BesuSettings } from "./besu-settings";
import { evidenceOf } from "./evidence";
import { isFirstStart } from "./first-start";
import { judge } from "./judge";
import { type Participation, participationOf } from "./participation";
import { letGo, type Taken } from "./take-process";
import type { Verdict } from "./verdict";
import { inDigits } from "./words";

/** In sync in so many further answers, a node that has just reached the head is running. */
const steadyAnswers = 2;
/** Without a start that its log tells of, it is waited so long for its log to say how it is. */
const logWaitUs = 15_000_000;
const longLogWaitUs = 120_000_000;

interface Scene {
  readonly memory: BesuMemory;
  readonly settings: BesuSettings;
  readonly verdict: Verdict;
  readonly part: Participation;
  readonly at: Micros;
}

/** The moves that follow from what was last seen: at most one state for each answer. */
export function step(memory: BesuMemory, settings: BesuSettings, at: Micros, isAnswer: boolean): Taken {
  const verdict = judge(memory, settings, at);
  const part = participationOf(memory, settings, at);
  const scene = { memory, settings, verdict, part, at };
  if (!hasSpoken(memory.state)) return firstWord(scene);
  switch (verdict.tag) {
    case "not-in-sync":
      return lose(scene, verdict.detail);
    // What is not seen moves nothing that has spoken before.
    case "unknown":
      return { memory, moves: [] };
    case "process-only":
    case "in-sync":
      return rise(scene, isAnswer);
  }
}

/** The node has not spoken in this run of its process, or was never seen. */
function firstWord(scene: Scene): Taken {
  const { memory, verdict, part, at } = scene;
  const isStart = memory.state === "Starting";
  switch (verdict.tag) {
    case "in-sync": {
      // A first sight tells where it is, not how it came there.
      const isPart = memory.state === null && part.participates === "yes";
      const to = isPart ? "Consensus" : "Running";
      return go(scene, to, isStart ? "initialized successfully" : null, inSyncWords(memory));
    }
    case "unknown":
    case "not-in-sync":
      return go(scene, "Syncing", isStart ? "sync started" : null, verdict.detail);
    case "process-only":
      return part.participates === "yes" || at >= logWaitEnds(memory) ? letGo(memory) : { memory, moves: [] };
  }
}

function lose(scene: Scene, detail: string): Taken {
  const { memory, verdict } = scene;
  const lastReason = verdict.tag === "not-in-sync" ? verdict.reason : null;
  const taken =
    memory.state === "Syncing" ? { memory, moves: [] } : go(scene, "Syncing", "fell behind", detail);
  return { ...taken, memory: { ...taken.memory, lastReason, steady: 0 } };
}

function rise(scene: Scene, isAnswer: boolean): Taken {
  const { memory, verdict, part } = scene;
  const isInSync = verdict.tag === "in-sync" || part.participates === "yes";
  switch (memory.state) {
    case "Syncing":
      return isInSync ? go(scene, "Synced", "head reached", inSyncWords(memory)) : { memory, moves: [] };
    case "Synced": {
      const steady = memory.steady + (isInSync && isAnswer ? 1 : 0);
      const counted = { ...scene, memory: { ...memory, steady } };
      if (steady < steadyAnswers) return { memory: counted.memory, moves: [] };
      return go(counted, "Running", "ready", `still ${inSyncWords(memory)}`);
    }
    case "Running":
      return part.participates === "yes"
        ? go(scene, "Consensus", "joined consensus", part.words)
        : { memory, moves: [] };
    case "Consensus":
      return part.participates === "no" || part.isStill
        ? go(scene, "Running", "left consensus", part.words)
        : { memory, moves: [] };
    default:
      return { memory, moves: [] };
  }
}

/**
 * An asking that failed. What has spoken stays where it is. Before that, a start goes on until the node
 * answers; where it refuses to answer us, or was never seen, its process speaks for it in the end.
 */
export function stepSilent(memory: BesuMemory, settings: BesuSettings, at: Micros): Taken {
  const stay = { memory, moves: [] };
  const { failed, state } = memory;
  if (hasSpoken(state) || failed === null || !isSilent(memory, settings)) return stay;
  if (failed.failure === "denied") return letGo(memory);
  if (state === "Starting") return stay;
  if (!isFirstStart(memory, at)) return letGo(memory);
  const part = participationOf(memory, settings, at);
  // Dated as its process is: what passes on of that later must not be older than this.
  const upAt = memory.held?.at ?? at;
  const scene: Scene = { memory, settings, verdict: judge(memory, settings, at), part, at: upAt };
  return go(scene, "Starting", null, `it does not answer yet: ${failed.why}`);
}

function go(
  { memory, settings, verdict, at }: Scene,
  state: string,
  event: string | null,
  detail: string,
): Taken {
  const byPeers =
    verdict.tag === "not-in-sync" ? verdict.reason === "no-peers" : memory.lastReason === "no-peers";
  const move: ApplicationMove = {
    tag: "application",
    state,
    event,
    at,
    detail,
    cause: event === null ? "unknown" : byPeers ? "network" : "service",
    evidence: evidenceOf(memory, settings),
  };
  const isUp = hasSpoken(state);
  const lastReason = state === "Running" ? null : memory.lastReason;
  return {
    memory: { ...memory, state, held: isUp ? null : memory.held, steady: 0, lastReason },
    moves: [move],
  };
}

function inSyncWords({ answer, log }: BesuMemory): string {
  const said = answer?.answer;
  const height = said?.head.tag === "known" ? said.head.value.height : (log.heads.last?.height ?? null);
  const peers = said?.peers.tag === "known" ? said.peers.value : null;
  const words = ["in sync", ...(height === null ? [] : [`at block ${inDigits(height)}`])].join(" ");
  return peers === null ? words : `${words} with ${peers === 1 ? "1 peer" : `${peers} peers`}`;
}

/** Until when a node that cannot be asked is waited for. */
export function logWaitEnds({ upSince, log }: BesuMemory): Micros {
  const from = upSince ?? 0;
  if (log.start === null) return from + logWaitUs;
  return log.start.upAt === null ? from + longLogWaitUs : Math.max(from, log.start.upAt) + logWaitUs;
}
