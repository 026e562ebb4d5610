import { spanInWords } from "../../clock";
import { byManager, causeOf, outcomeOf } from "./causes";
import { idleHealth } from "./interpret-look";
import type { Memory } from "./memory";
import { type Fact, keep, move, type Step } from "./step";

export function startBegun(memory: Memory, fact: Fact<"start-begun">): Step {
  const event = startEvent(memory);
  if (event === undefined) return keep(memory);
  const deed = event === "start" ? "started" : "restarted";
  const begun: Memory = {
    ...memory,
    start: { trigger: fact.trigger, oneshot: fact.oneshot, deed },
    pid: null,
    startTimedOut: null,
    stop: null,
    exit: null,
    probed: fact.probed,
    process: { state: "none", detail: "no process yet" },
    health: { status: "unknown", detail: fact.probed ? "not checked yet" : idleHealth(false) },
    activity: null,
  };
  return move(begun, fact, { to: "Starting", event, cause: causeOf(fact.trigger, deed) });
}

function startEvent({ state }: Memory): string | undefined {
  switch (state) {
    case null:
    case "Stopped":
      return "start";
    case "Error":
      return "restart";
    case "Restarting":
      return "restart initiated";
    case "Starting":
    case "Running":
    case "Stopping":
      return undefined;
  }
}

export function waitingFor(memory: Memory, fact: Fact<"waiting-for">): Step {
  if (memory.state !== "Starting") return keep(memory);
  return keep({
    ...memory,
    process: { state: "waiting", detail: "no process yet" },
    activity: `waiting for ${fact.services.join(", ")}`,
  });
}

export function spawned(memory: Memory, fact: Fact<"spawned">): Step {
  if (memory.state !== "Starting") return keep(memory);
  const process = { state: "running", detail: `pid ${fact.pid}` };
  return keep({ ...memory, pid: fact.pid, process, activity: null });
}

export function spawnFailed(memory: Memory, fact: Fact<"spawn-failed">): Step {
  if (memory.state !== "Starting") return keep(memory);
  const failed: Memory = {
    ...memory,
    process: { state: "failed", detail: fact.error },
    health: { status: "unknown", detail: idleHealth(memory.probed) },
    activity: null,
  };
  return move(failed, fact, {
    to: "Error",
    event: "initialization failed",
    cause: byManager(fact.error, memory.start?.trigger),
  });
}

export function ready(memory: Memory, fact: Fact<"ready">): Step {
  const expected = memory.state === null || (memory.state === "Starting" && memory.stop === null);
  if (!expected) return keep(memory);
  const { start } = memory;
  return move({ ...memory, activity: null }, fact, {
    to: "Running",
    event: "initialized successfully",
    cause: start
      ? outcomeOf(start.trigger, start.deed, fact.detail)
      : { kind: "service", detail: fact.detail },
    evidence: { readyBy: fact.by },
  });
}

export function startTimedOut(memory: Memory, fact: Fact<"start-timed-out">): Step {
  if (memory.state !== "Starting") return keep(memory);
  const { limitMs, detail } = fact;
  const goal = memory.start?.oneshot ? "finished" : "ready";
  const activity = `not ${goal} within ${spanInWords(limitMs)}, being stopped`;
  return keep({ ...memory, startTimedOut: { limitMs, detail }, activity });
}
