import { spanInWords } from "../../clock";
import { causeOf } from "./causes";
import type { Memory } from "./memory";
import { type Fact, keep, move, type Step } from "./step";
import { attemptInWords, timesInWords } from "./words";

export function restartScheduled(memory: Memory, fact: Fact<"restart-scheduled">): Step {
  const span = spanInWords(fact.inMs);
  switch (memory.state) {
    case "Error": {
      const activity = `restarts by itself in ${span}, ${attemptInWords(fact.attempt, fact.max)}`;
      return keep({ ...memory, activity });
    }
    case "Stopped":
      return keep({ ...memory, activity: `starts by itself in ${span}` });
    case null:
    case "Starting":
    case "Running":
    case "Stopping":
    case "Restarting":
      return keep(memory);
  }
}

export function givenUp(memory: Memory, fact: Fact<"restart-given-up">): Step {
  if (memory.state !== "Error") return keep(memory);
  const detail = `${memory.process.detail}; gave up after ${timesInWords(fact.attempts, "attempt")}`;
  return keep({ ...memory, process: { ...memory.process, detail }, activity: null });
}

/** Only a person takes the service out of Error by this; when Signalbox ends, Error it stays. */
export function restartCancelled(memory: Memory, fact: Fact<"restart-cancelled">): Step {
  const { trigger } = fact;
  const idle = { ...memory, activity: null };
  if (memory.state !== "Error" || trigger.tag !== "operator") return keep(idle);
  return move(idle, fact, { to: "Stopped", event: "stopped", cause: causeOf(trigger, "stopped") });
}

export function reset(memory: Memory, fact: Fact<"reset">): Step {
  if (memory.state !== "Error" && memory.state !== null) return keep(memory);
  const clean: Memory = {
    ...memory,
    stop: null,
    exit: null,
    pid: null,
    process: { state: "none", detail: "no process" },
    activity: null,
  };
  return move(clean, fact, { to: "Stopped", event: "reset", cause: causeOf(fact.trigger, "reset") });
}

export function health(memory: Memory, fact: Fact<"health">): Step {
  const asked = memory.state === "Starting" || memory.state === "Running" || memory.state === null;
  return keep(asked ? { ...memory, health: fact.health } : memory);
}
