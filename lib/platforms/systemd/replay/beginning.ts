import type { Micros } from "../../../machine/types";
import type { HostInstant, Seen, UnitFact, UnitProperties } from "../unit-facts";

/** In a capture nothing tells the boot: its moves are named after this. */
const bootId = "capture";
/** A signal tells of what was a little earlier; so the first ones of a capture do, in µs. */
const latencyUs = 100_000;

/**
 * What a unit was when the capture began, from the first thing that the capture says of it: its
 * timestamps tell which of its states is older than the capture. Empty if it says nothing of use.
 */
export function beginning(facts: readonly UnitFact[], seen: Seen): UnitFact[] {
  const from = seen.at - latencyUs;
  const first = facts.find((fact) => fact.tag === "properties" && fact.properties.activeState !== undefined);
  if (first?.tag !== "properties") return [open(seen, null)];
  const properties = asOf(first.properties, from);
  return [open(seen, stateOfActive(properties)), { seen, tag: "properties", whole: true, properties }];
}

function open(seen: Seen, state: string | null): UnitFact {
  return { seen, tag: "opened", bootId, state, since: null, clockOffsetUs: 0 };
}

function asOf(first: UnitProperties, from: Micros): UnitProperties {
  const old = (instant: HostInstant | null | undefined) => (instant && instant.at < from ? instant : null);
  const { stateChange, inactiveExit, activeEnter, activeExit, inactiveEnter, conditionAt } = first;
  const begun = conditionAt !== undefined && old(conditionAt) === null && !!conditionAt;
  return {
    ...activeStateThen(first, from),
    job: 0,
    stateChange: old(stateChange),
    inactiveExit: old(inactiveExit),
    activeEnter: old(activeEnter),
    activeExit: old(activeExit),
    inactiveEnter: old(inactiveEnter),
    conditionAt: old(conditionAt),
    invocation: begun ? "" : (first.invocation ?? ""),
  };
}

/** The oldest of the changes that lie in the capture says what it was before. */
function activeStateThen(first: UnitProperties, from: Micros): UnitProperties {
  const { activeState, subState, stateChange } = first;
  const now = { ...(activeState ? { activeState } : {}), ...(subState ? { subState } : {}) };
  if (!stateChange || stateChange.at < from) return now;
  const left: readonly (readonly [HostInstant | null | undefined, UnitProperties])[] = [
    [first.inactiveExit, { activeState: "inactive", subState: "dead" }],
    [first.activeEnter, { activeState: "activating", subState: "start" }],
    [first.activeExit, { activeState: "active", subState: "running" }],
    [first.inactiveEnter, { activeState: "deactivating", subState: "stop" }],
  ];
  const changes = left.flatMap(([instant, before]) =>
    instant && instant.at >= from ? [{ monotonic: instant.monotonic, before }] : [],
  );
  // Nothing but StateChange is new: from failed to inactive is a reset; a reload of systemd keeps the state.
  if (changes.length === 0)
    return activeState === "inactive" ? { activeState: "failed", subState: "failed" } : now;
  return changes.reduce((one, other) => (other.monotonic < one.monotonic ? other : one)).before;
}

/** The base machine's word for what systemd says of a unit, as far as one look shows it; null: no word. */
export function stateOfActive({
  activeState,
  subState,
}: Pick<UnitProperties, "activeState" | "subState">): string | null {
  switch (activeState) {
    case "active":
    case "reloading":
      return "Running";
    case "activating":
      return subState?.startsWith("auto-restart") ? "Error" : "Starting";
    case "deactivating":
      return "Stopping";
    case "failed":
      return "Error";
    case "inactive":
      return "Stopped";
    default:
      return null;
  }
}
