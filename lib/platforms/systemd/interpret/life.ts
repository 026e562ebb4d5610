import { spanInWords } from "../../../clock";
import type { Cause } from "../../../machine/observation";
import type { Micros } from "../../../machine/types";
import type { UnitProperties } from "../unit-facts";
import { phaseOf } from "./active-state";
import type { UnitMemory } from "./memory";
import { follows, go, hostNow, type Plan, pick, type Situation } from "./situation";

/**
 * The newest invocation has left `inactive`. systemd names it when it has checked the conditions,
 * and the unit stays inactive (or failed) until its first process is made.
 */
export function hasLeftInactive(properties: UnitProperties): boolean {
  const { conditionAt, inactiveExit } = properties;
  switch (phaseOf(properties)) {
    case "active":
    case "activating":
    case "deactivating":
    case "auto-restart":
      return true;
    case "inactive":
    case "failed":
      return follows(inactiveExit, conditionAt);
    case "unknown":
      return false;
  }
}

/** It was begun, and is over: down again after it had left `inactive`. */
export function hasEnded(properties: UnitProperties): boolean {
  const { inactiveEnter, inactiveExit } = properties;
  return hasLeftInactive(properties) && follows(inactiveEnter, inactiveExit);
}

/** Whether being active must first be held: nothing but the fork says that such a unit is ready. */
export function mustSettle({ properties, memory }: Situation): boolean {
  // A one-shot that is kept "active" after its end has proven what there is to prove.
  if (properties.activeState === "active" && properties.subState === "exited") return false;
  switch (properties.type) {
    case "simple":
    case "idle":
    case "forking":
      return true;
    case undefined:
      return !memory.life.activatingSeen;
    default:
      return false;
  }
}

/** What is missing to the settle time by the host's clock, in µs; 0 for what has long been up. */
export function settlesIn(situation: Situation): Micros {
  const { activeEnter } = situation.properties;
  if (!mustSettle(situation)) return 0;
  const settleUs = situation.settleMs * 1000;
  if (!activeEnter) return settleUs;
  return settleUs - Math.min(Math.max(hostNow(situation) - activeEnter.at, 0), settleUs);
}

/** It was up for long enough before it left, although nobody looked in the moment when it settled. */
export function ranBefore(situation: Situation): boolean {
  const { properties, memory } = situation;
  const { activeEnter, activeExit, inactiveExit } = properties;
  if (!activeEnter || !activeExit || memory.state !== "Starting" || memory.life.invocation === "")
    return false;
  if (phaseOf(properties) !== "auto-restart" && !follows(activeEnter, inactiveExit)) return false;
  if (memory.last?.monotonic != null && activeEnter.monotonic < memory.last.monotonic) return false;
  const needUs = mustSettle(situation) ? situation.settleMs * 1000 : 0;
  return activeExit.monotonic - activeEnter.monotonic >= needUs;
}

/** Starting → Running, dated where systemd had it active. */
export function becomeRunning(situation: Situation, inferred = false): Plan {
  const { properties, memory } = situation;
  const settled = mustSettle(situation)
    ? `the process has stayed up for ${spanInWords(situation.settleMs)}`
    : readyInWords(properties);
  const { startCause } = memory;
  const cause: Cause = startCause
    ? { ...startCause, detail: `${startCause.detail}: ${settled}` }
    : { kind: "service", detail: settled };
  return go({
    to: "Running",
    event: "initialized successfully",
    at: pick(situation, properties.activeEnter, properties.stateChange),
    cause,
    inferred,
    job: memory.life.startJob,
  });
}

function readyInWords({ type, subState }: UnitProperties): string {
  switch (type) {
    case "notify":
    case "notify-reload":
      return "it said that it is ready (READY=1)";
    case "dbus":
      return "it has taken its name on the bus";
    case "exec":
      return "the program is running";
    default:
      return subState === "exited" ? "it has finished its work" : "systemd has it as active";
  }
}

/** The life that is being told is the one that systemd names now. */
export function isKnownLife({ life }: UnitMemory, { invocation }: UnitProperties): boolean {
  return invocation === undefined || invocation === "" || invocation === life.invocation;
}
