import type { HostInstant, UnitProperties } from "../../unit-facts";
import { at, lifeA } from "./story";

/** What systemd shows of a unit in the common places of its life. */

export function never(more: UnitProperties = {}): UnitProperties {
  return {
    loadState: "loaded",
    activeState: "inactive",
    subState: "dead",
    job: 0,
    result: "success",
    nRestarts: 0,
    invocation: "",
    stateChange: null,
    inactiveExit: null,
    activeEnter: null,
    activeExit: null,
    inactiveEnter: null,
    conditionAt: null,
    type: "simple",
    ...more,
  };
}

/** A job is about to make the first process: the new invocation is named, nothing else has changed. */
export function checked(ms: number, job: number, more: UnitProperties = {}): UnitProperties {
  return {
    activeState: "inactive",
    subState: "dead",
    job,
    conditionAt: at(ms),
    conditionResult: true,
    invocation: lifeA,
    ...more,
  };
}

export function active(ms: number, more: UnitProperties = {}): UnitProperties {
  const entered: HostInstant = at(ms);
  return {
    activeState: "active",
    subState: "running",
    result: "success",
    stateChange: entered,
    inactiveExit: entered,
    activeEnter: entered,
    invocation: lifeA,
    mainPid: 42,
    execMainCode: 0,
    execMainStatus: 0,
    ...more,
  };
}

export function activating(ms: number, more: UnitProperties = {}): UnitProperties {
  return {
    activeState: "activating",
    subState: "start",
    result: "success",
    stateChange: at(ms),
    inactiveExit: at(ms),
    invocation: lifeA,
    ...more,
  };
}

export function deactivating(ms: number, more: UnitProperties = {}): UnitProperties {
  return {
    activeState: "deactivating",
    subState: "stop-sigterm",
    stateChange: at(ms),
    activeExit: at(ms),
    ...more,
  };
}

export function dead(ms: number, more: UnitProperties = {}): UnitProperties {
  return {
    activeState: "inactive",
    subState: "dead",
    stateChange: at(ms),
    inactiveEnter: at(ms),
    mainPid: 0,
    execMainCode: 2,
    execMainStatus: 15,
    ...more,
  };
}

export function failed(ms: number, more: UnitProperties = {}): UnitProperties {
  return {
    activeState: "failed",
    subState: "failed",
    result: "exit-code",
    stateChange: at(ms),
    activeExit: at(ms),
    inactiveEnter: at(ms),
    mainPid: 0,
    execMainCode: 1,
    execMainStatus: 3,
    ...more,
  };
}

export function autoRestart(ms: number, more: UnitProperties = {}): UnitProperties {
  return {
    activeState: "activating",
    subState: "auto-restart",
    stateChange: at(ms),
    inactiveExit: at(ms),
    restartUs: 3_000_000,
    ...more,
  };
}

/** A unit that has long been up when the story begins. */
export function longActive(more: UnitProperties = {}): UnitProperties {
  return never({ ...active(-60_000), conditionAt: at(-60_001), ...more });
}

export function longFailed(more: UnitProperties = {}): UnitProperties {
  return never({ ...active(-60_000), conditionAt: at(-60_001), ...failed(-30_000), ...more });
}

export function longStopped(more: UnitProperties = {}): UnitProperties {
  return never({
    ...active(-60_000),
    conditionAt: at(-60_001),
    ...dead(-30_000),
    activeExit: at(-30_000),
    ...more,
  });
}
