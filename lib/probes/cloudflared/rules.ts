import type { CloudflaredConfig } from "../../config/fleet";
import type { Micros } from "../../machine/types";
import type { ApplicationFact, ApplicationMove, ApplicationRules, Judged } from "../contract";
import { readyAddress } from "./addresses";
import type { TunnelAnswer } from "./answer";
import { noteLine } from "./log-notes";
import { beginMemory, processStateOf, type TunnelMemory } from "./memory";
import { moveOnAnswer, moveOnSilence } from "./moves";
import { type Taken, takeProcess } from "./take-process";
import { type TellWish, tell } from "./tell";
import { unresponsiveMs } from "./words";

type Fact = ApplicationFact<TunnelAnswer>;
type Settings = Pick<CloudflaredConfig, "metrics" | "from" | "failures">;

/**
 * When a tunnel's own word moves the machine (DOMAIN §6, and the specification's "Cloudflare Tunnel
 * States"): Starting until its metrics server answers; 503 is Connecting; the first 200 Connected;
 * one more 200 Running, degraded while connections are missing; 503 after a 200 Reconnecting, at once.
 * Never is it Running while its newest answer is 503. A failed asking moves nothing once it has spoken.
 */
export function cloudflaredRules(settings: Settings): ApplicationRules<TunnelMemory, TunnelAnswer> {
  const { from, failures, metrics } = settings;
  const wish: TellWish = { asked: readyAddress(metrics), from, failures };
  return {
    begin: beginMemory,
    take: (memory, fact) => judge(step(memory, fact, wish.asked), instantOf(fact), wish),
    isAsked: ({ process }) => process !== null,
    isAwaited: ({ process, state }) => process !== null && state !== "Running",
    processState: (state) => (state === null ? null : processStateOf(state)),
  };
}

function step(memory: TunnelMemory, fact: Fact, asked: string): Taken {
  switch (fact.tag) {
    case "process":
      return takeProcess(memory, fact.observation);
    case "asked":
      return takeAsked(memory, fact, asked);
    case "log":
      if (memory.process === null) return { memory, moves: [] };
      return { memory: { ...memory, log: noteLine(memory.log, fact.text, fact.at) }, moves: [] };
    case "tick":
      return { memory, moves: [] };
  }
}

/** What was asked of a process that has gone since says nothing of what is now. */
function takeAsked(memory: TunnelMemory, fact: Fact & { readonly tag: "asked" }, asked: string): Taken {
  const { at } = fact;
  if (memory.process === null) return { memory, moves: [] };
  switch (fact.asked.tag) {
    case "failed": {
      const { failure, why, mend = null } = fact.asked;
      const since = memory.silence?.since ?? at;
      const silence = { failure, why, mend, since, failures: fact.failures };
      return moved({ ...memory, silence }, moveOnSilence(memory, { at, asked, why }));
    }
    case "answered": {
      const { answer } = fact.asked;
      const fruitless = answer.status === 200 ? null : memory.fruitless;
      return moved(
        { ...memory, answer, silence: null, fruitless },
        moveOnAnswer(memory, answer, { at, asked }),
      );
    }
  }
}

function moved(
  memory: TunnelMemory,
  move: (ApplicationMove & { readonly tag: "application" }) | null,
): Taken {
  if (move === null) return { memory, moves: [] };
  return { memory: { ...memory, state: move.state, since: move.at }, moves: [move] };
}

function judge({ memory, moves }: Taken, at: Micros, wish: TellWish): Judged<TunnelMemory> {
  const told = memory.process === null ? null : tell(memory, at, wish);
  return { memory, moves, told, wakeAt: wakeAtOf(memory, at) };
}

/** When a start that does not answer becomes unresponsive. */
function wakeAtOf({ process, answer, silence }: TunnelMemory, at: Micros): Micros | null {
  if (process === null || answer !== null || silence === null) return null;
  const deadline = silence.since + unresponsiveMs * 1000;
  return deadline > at ? deadline : null;
}

function instantOf(fact: Fact): Micros {
  return fact.tag === "process" ? fact.observation.at : fact.at;
}
