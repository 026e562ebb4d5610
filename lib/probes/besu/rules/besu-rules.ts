import type { Micros } from "../../../machine/types";
import type { ApplicationFact, ApplicationRules, Asked } from "../../contract";
import type { BesuAnswer } from "../besu-answer";
import { type BesuMemory, freshMemory, hasSpoken, isDenied } from "./besu-memory";
import { type BesuSettings, speaksItself } from "./besu-settings";
import { finish } from "./finish";
import { learn } from "./learn";
import { readInto } from "./log-memory";
import { step, stepSilent } from "./step";
import { type Taken, takeProcess } from "./take-process";

/**
 * When a Besu node's own word moves the machine (DOMAIN §6, and the specification's "Besu Node States").
 * Starting until it answers; then Running where it is in sync at once, else Syncing, Synced, and Running
 * after two more answers in sync. An answer that is bad moves at once to Syncing; an asking that fails
 * moves nothing that has spoken. Of a node that nobody can ask its log speaks, and other nodes of its part
 * in consensus; where they say nothing its process does.
 */
export function besuRules(settings: BesuSettings): ApplicationRules<BesuMemory, BesuAnswer> {
  return {
    begin: (state) => freshMemory(state),
    take(memory, fact) {
      const { memory: next, moves } = take(memory, fact, settings);
      return finish(next, moves, settings, instantOf(fact));
    },
    isAsked: ({ isUp }) => isUp && (speaksItself(settings) || settings.observers.length > 0),
    isAwaited: (memory) =>
      memory.isUp && speaksItself(settings) && !hasSpoken(memory.state) && !isDenied(memory, settings),
    processState: (state) => (hasSpoken(state) ? "Running" : state),
  };
}

function take(memory: BesuMemory, fact: ApplicationFact<BesuAnswer>, settings: BesuSettings): Taken {
  switch (fact.tag) {
    case "process":
      return takeProcess(memory, fact.observation);
    case "asked":
      // What was asked of a process that has gone since says nothing of what is now.
      return memory.isUp
        ? takeAsked(memory, fact.asked, fact.failures, fact.at, settings)
        : { memory, moves: [] };
    case "log": {
      const read = { ...memory, log: readInto(memory.log, fact.text, fact.at) };
      const isBlock = read.log.heads !== memory.log.heads;
      return memory.isUp && !speaksItself(settings)
        ? step(read, settings, fact.at, isBlock)
        : { memory: read, moves: [] };
    }
    case "tick":
      // Of a node that is asked, its head grows older only with an answer that says so.
      return memory.isUp && !speaksItself(settings)
        ? step(memory, settings, fact.at, false)
        : { memory, moves: [] };
  }
}

function takeAsked(
  memory: BesuMemory,
  asked: Asked<BesuAnswer>,
  failures: number,
  at: Micros,
  settings: BesuSettings,
): Taken {
  switch (asked.tag) {
    case "answered":
      return step(learn(memory, asked.answer, at), settings, at, true);
    case "failed": {
      const { failure, why, mend = null } = asked;
      const since = memory.failed?.since ?? at;
      const failed = { failure, why, mend, times: Math.max(1, failures), since };
      return stepSilent({ ...memory, failed }, settings, at);
    }
  }
}

function instantOf(fact: ApplicationFact<BesuAnswer>): Micros {
  return fact.tag === "process" ? fact.observation.at : fact.at;
}
