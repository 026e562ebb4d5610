import type { ServiceDetail } from "../../contract";
import type { UnitProperties } from "../unit-facts";
import { hasFailed, phaseOf } from "./active-state";
import type { UnitMemory } from "./memory";
import { mainExitInWords, systemdSpanInWords } from "./words";

/** What is shown beside the state. */
export function detailOf(memory: UnitMemory): ServiceDetail {
  const properties = { ...memory.properties, ...memory.ahead };
  return {
    process: { state: processState(properties), detail: processDetail(properties) },
    health: { status: "unknown", detail: "no health check" },
    load: loadOf(properties),
    activity: activityOf({ ...memory, properties }),
  };
}

function processState({ activeState, subState }: UnitProperties): string {
  if (activeState === undefined) return "unknown";
  return subState === undefined ? activeState : `${activeState}/${subState}`;
}

function processDetail(properties: UnitProperties): string {
  const { mainPid, controlPid, needDaemonReload, activeState } = properties;
  const parts: string[] = [];
  if (mainPid) parts.push(`main process ${mainPid}`);
  if (controlPid) parts.push(`command process ${controlPid}`);
  if (parts.length === 0 && activeState !== undefined) {
    const exit = mainExitInWords(properties);
    parts.push(
      exit === null
        ? "no process"
        : `no process; the last one ${exit.startsWith("killed") ? "was " : ""}${exit}`,
    );
  }
  if (needDaemonReload) parts.push("its unit file has changed on disk: daemon-reload is due");
  return parts.join("; ");
}

/**
 * Whether its unit file can be used, whatever runs of it: what is masked or taken away while it is
 * running runs on. A mask that systemd has not read yet shows in the unit file's state only.
 */
function loadOf({ loadState = "loaded", unitFileState }: UnitProperties): string {
  if (loadState !== "loaded" && loadState !== "stub" && loadState !== "merged") return loadState;
  return unitFileState === "masked" || unitFileState === "masked-runtime" ? "masked" : "loaded";
}

function activityOf(memory: UnitMemory): string | null {
  const { properties, state, life } = memory;
  if (state === "Starting" && life.invocation === "" && properties.job)
    return "queued: waits for another unit's job";
  switch (phaseOf(properties)) {
    case "auto-restart":
      return properties.job ? "restarts by itself now" : autoRestartInWords(properties, state === "Error");
    case "active":
      if (properties.activeState === "reloading") return "reloading";
      if (properties.subState === "exited") return "completed (RemainAfterExit)";
      return properties.statusText || null;
    case "deactivating":
      if (hasFailed(properties) && (state === "Running" || state === "Starting"))
        return `failing: ${properties.result}`;
      return properties.statusText || null;
    case "inactive":
      if (properties.activeState === "maintenance" || properties.subState === "cleaning") return "cleaning";
      return state === "Stopped" && wasRefused(properties) ? "condition not met" : null;
    case "activating":
      return properties.statusText || null;
    case "failed":
    case "unknown":
      return null;
  }
}

function autoRestartInWords({ restartUs, nRestarts }: UnitProperties, failed: boolean): string {
  const delay = systemdSpanInWords(restartUs);
  const when = delay === null ? "" : ` in ${delay}`;
  if (!failed) return `starts by itself${when}`;
  return `restarts by itself${when}${nRestarts === undefined ? "" : `, attempt ${nRestarts + 1}`}`;
}

/** The newest start was tried and its conditions were not met; before the first one nothing was checked. */
function wasRefused({ conditionAt, conditionResult }: UnitProperties): boolean {
  return !!conditionAt && conditionResult === false;
}
