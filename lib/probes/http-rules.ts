import { toRfc3339 } from "../clock";
import type { HealthConfig } from "../config/fleet";
import type { Micros } from "../machine/types";
import type { Application, Check } from "../wire/application";
import type { Health } from "../wire/service";
import type { HttpFinding } from "./ask-http";
import type { ApplicationFact, ApplicationRules, Asked, Judged, Told } from "./contract";

/** Without a good answer after so long, a service that runs is not in its first start any more. */
const firstStartUs: Micros = 120_000_000;

export interface HttpMemory {
  /** What the process does, as the platform told it. */
  readonly state: string | null;
  readonly runningSince: Micros | null;
  /** What came of the last question since it is up; null: none was asked. */
  readonly last: Asked<HttpFinding> | null;
  readonly failures: number;
  /** What is believed of it. */
  readonly health: Health;
  readonly failingSince: Micros | null;
  /** A good answer was seen since it is up. */
  readonly wasGood: boolean;
}

const notAsked: Pick<HttpMemory, "last" | "failures" | "health" | "failingSince" | "wasGood"> = {
  last: null,
  failures: 0,
  health: { status: "unknown", detail: "not asked yet" },
  failingSince: null,
  wasGood: false,
};

/**
 * The rules of a service with a health check on a host that systemd keeps: every move is the process's own,
 * and the answers tell its health. An answer that is not good counts at once, `failures` questions in a row
 * without one count as failing, and before that what was known stands. In the two minutes of a first start
 * that nobody listens yet is not known to be a failure.
 */
export function httpRules(config: HealthConfig): ApplicationRules<HttpMemory, HttpFinding> {
  const judged = (memory: HttpMemory, at: Micros, moves: Judged<HttpMemory>["moves"] = []) => {
    const next = { ...memory, ...believed(memory, config, at) };
    const told = isUp(next.state) ? toldOf(next, config, at) : null;
    return { memory: next, moves, told, wakeAt: wakeAt(next, at) };
  };
  return {
    begin: (state, since) => ({ state, runningSince: state === "Running" ? since : null, ...notAsked }),
    take(memory, fact) {
      return judged(remember(memory, fact), atOf(fact), movesOf(fact));
    },
    isAsked: ({ state }) => isUp(state),
    isAwaited: ({ state, wasGood }) => isUp(state) && !wasGood,
    processState: (state) => state,
  };
}

function isUp(state: string | null): boolean {
  return state === "Running" || state === "Starting";
}

function atOf(fact: ApplicationFact<HttpFinding>): Micros {
  return fact.tag === "process" ? fact.observation.at : fact.at;
}

function movesOf(fact: ApplicationFact<HttpFinding>): Judged<HttpMemory>["moves"] {
  return fact.tag === "process" ? [{ tag: "process", observation: fact.observation }] : [];
}

function remember(memory: HttpMemory, fact: ApplicationFact<HttpFinding>): HttpMemory {
  switch (fact.tag) {
    case "process": {
      const { state, at } = fact.observation;
      const isSameRun = isUp(memory.state) && (state === "Running" || state === memory.state);
      const answers = isSameRun ? {} : notAsked;
      const runningSince = state === "Running" ? (memory.runningSince ?? at) : null;
      return { ...memory, state, runningSince, ...answers };
    }
    case "asked": {
      const { asked, failures } = fact;
      const isGood = asked.tag === "answered" && asked.answer.isGood;
      return { ...memory, last: asked, failures, wasGood: memory.wasGood || isGood };
    }
    case "log":
    case "tick":
      return memory;
  }
}

function believed(memory: HttpMemory, { failures }: HealthConfig, at: Micros) {
  const health = healthOf(memory, failures, at);
  const failingSince = health.status === "failing" ? (memory.failingSince ?? at) : null;
  return { health, failingSince };
}

function healthOf(memory: HttpMemory, believedFailures: number, at: Micros): Health {
  const { last, failures, health, wasGood } = memory;
  if (last === null) return health;
  if (last.tag === "answered")
    return { status: last.answer.isGood ? "ok" : "failing", detail: last.answer.says };
  // It answers, and not to us: how it is cannot be known.
  if (last.failure === "denied") return { status: "unknown", detail: last.why };
  const isFirstStart = !wasGood && at < firstStartEnds(memory, at);
  if (isFirstStart || (failures < believedFailures && health.status === "unknown"))
    return { status: "unknown", detail: `no answer yet: ${last.why}` };
  return failures < believedFailures ? health : { status: "failing", detail: last.why };
}

/** Later than `at` while it has not come as far as Running. */
function firstStartEnds({ runningSince }: HttpMemory, at: Micros): Micros {
  return runningSince === null ? at + firstStartUs : runningSince + firstStartUs;
}

function wakeAt(memory: HttpMemory, at: Micros): Micros | null {
  if (memory.state !== "Running" || memory.wasGood || memory.last === null) return null;
  const ends = firstStartEnds(memory, at);
  return at < ends ? ends : null;
}

function toldOf(memory: HttpMemory, config: HealthConfig, at: Micros): Told {
  const { last, health } = memory;
  const warning = last?.tag === "answered" ? last.answer.warning : null;
  const application: Application = {
    says: saysOf(last),
    asked: withoutQuery(config.http),
    from: config.from,
    checks: checksOf(last),
    sync: null,
    node: null,
    tunnel: null,
    warning,
    disagreement: disagreementOf(memory, at),
  };
  return { health, application, activity: null };
}

function saysOf(last: Asked<HttpFinding> | null): string {
  if (last === null) return "not asked yet";
  return last.tag === "answered" ? last.answer.says : `no good answer: ${last.why}`;
}

/** The specification's "Verification" of Running. */
function checksOf(last: Asked<HttpFinding> | null): Check[] {
  const responding = "Health check endpoint responding";
  return [
    { what: responding, ...respondingOf(last) },
    {
      what: "Service logs showing normal operation",
      result: "unknown",
      detail: "its log lines have no meaning that is known here",
    },
    {
      what: "Metrics indicating activity",
      result: "unknown",
      detail: "a health check is all that it is asked; no metrics of it are read",
    },
  ];
}

function respondingOf(last: Asked<HttpFinding> | null): Omit<Check, "what"> {
  if (last === null) return { result: "unknown", detail: "not asked yet" };
  if (last.tag === "answered") {
    const { isGood, says } = last.answer;
    return { result: isGood ? "yes" : "no", detail: says };
  }
  const detail = last.mend === undefined ? last.why : `${last.why}. ${last.mend}`;
  return { result: last.failure === "denied" ? "unknown" : "no", detail };
}

/** Not in a first start: that a service does not answer well yet is ordinary then. */
function disagreementOf(memory: HttpMemory, at: Micros): Application["disagreement"] {
  const { state, runningSince, failingSince, wasGood, health } = memory;
  if (state !== "Running" || failingSince === null) return null;
  const from = wasGood ? (runningSince ?? failingSince) : firstStartEnds(memory, at);
  const since = Math.max(from, failingSince);
  if (at < since) return null;
  const what = `the process runs and its health check fails: ${health.detail}`;
  return { since: toRfc3339(since), what };
}

/** A query may hold what others must not see. */
function withoutQuery(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
