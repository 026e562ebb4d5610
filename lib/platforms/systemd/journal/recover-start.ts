import { spanInWords } from "../../../clock";
import type { Cause } from "../../../machine/observation";
import type { JournalEntry } from "../unit-facts";
import { byManager, causeOfCleanEnd, causeOfStart } from "./journal-causes";
import type { Walk } from "./walk";

/** Types of systemd.service(5) that begin to run without saying so: they count once they have held. */
const silentTypes: ReadonlySet<string> = new Set(["simple", "idle", "forking"]);

/** "Starting": the unit is activating. */
export function onStarting(walk: Walk, entry: JournalEntry): void {
  begin(walk, entry, { inferred: false });
}

/**
 * "Started" or "Finished". A unit of Type=simple has no "Starting" entry (DOMAIN §1.3): that it
 * was started is then inferred here, and it counts as running once it has held.
 */
export function onStarted(walk: Walk, entry: JournalEntry, finished: boolean): void {
  if (!isUnderWay(walk, entry)) begin(walk, entry, { inferred: true });
  const { success, start } = walk;
  if (start === null) return;
  if (success !== null) {
    walk.success = null;
    walk.tell("Stopped", entry, {
      cause: causeOfCleanEnd(walk.clues, true),
      event: "finished",
    });
    return;
  }
  const type = walk.wish.unit?.type;
  const silent = type === undefined ? !start.activating && !finished : silentTypes.has(type);
  if (silent) walk.start = { ...start, unsettled: { entry, outcome: heldInWords(walk) } };
  else walk.comeUp({ entry, outcome: finished ? "it has finished its work" : "systemd has it as active" });
}

/** The start ended without a process. A failed unit stays failed; it was not even tried. */
export function onNoStart(walk: Walk, entry: JournalEntry, why: string): void {
  walk.enter(entry.invocation);
  if (!downOrStarting.has(walk.state)) return;
  if (walk.state !== "Starting")
    walk.tell("Starting", entry, { cause: startCause(walk, entry), inferred: true });
  walk.tell("Stopped", entry, {
    cause: byManager(`not started: ${why}`),
    event: "skipped",
    clues: walk.clues,
  });
  forget(walk);
}

const downOrStarting: ReadonlySet<string | null> = new Set([
  null,
  "Stopped",
  "Stopping",
  "Restarting",
  "Starting",
]);

/** The start job failed. Most often the unit has already been seen to fail; the rest is told here. */
export function onStartFailed(walk: Walk, entry: JournalEntry, result: string): void {
  const why = refusals[result];
  if (why !== undefined) {
    onNoStart(walk, entry, why);
    return;
  }
  if (result !== "failed" || walk.state !== "Starting" || walk.start?.up) return;
  const cause = byManager("systemd says that its start failed, and not why");
  walk.tell("Error", entry, { cause, event: "initialization failed", clues: walk.clues });
  forget(walk);
}

/** JOB_RESULT= of starts that never began (systemd's src/core/job.c). */
const refusals: Readonly<Record<string, string>> = {
  assert: "an assertion of it (Assert…=) is not met",
  dependency: "a unit that it requires has failed",
  unsupported: "this system does not support such units",
};

/** "Scheduled restart job": by itself no move, but for the start that is then refused at once. */
export function onRestartScheduled(walk: Walk, entry: JournalEntry, attempt: number | null): void {
  walk.enter(entry.invocation);
  walk.scheduled = { attempt };
  walk.stop = null;
  if (isRefused(walk)) walk.tell("Starting", entry, { cause: startCause(walk, entry), refused: true });
}

function isRefused(walk: Walk): boolean {
  for (const [, word] of walk.ahead()) {
    if (word.tag === "starting" || word.tag === "started" || word.tag === "stopping") return false;
    if (word.tag === "start-failed" || (word.tag === "clue" && word.clue === "start-limit")) return true;
  }
  return false;
}

/** The start that the entry speaks of has been told. */
function isUnderWay({ state, start, invocation }: Walk, entry: JournalEntry): boolean {
  if (state !== "Starting") return false;
  // Before the first entry history alone knows; it does not say which invocation it was.
  return start === null ? invocation === "" : invocation === entry.invocation;
}

function begin(walk: Walk, entry: JournalEntry, { inferred }: { readonly inferred: boolean }): void {
  walk.enter(entry.invocation);
  const lostIn = walk.leftIn === "Stopped" || walk.leftIn === "Error" ? null : walk.leftIn;
  const cause = startCause(walk, entry);
  const lost = `how it ended before, when it was ${lostIn}, was not recorded`;
  const told = lostIn === null ? cause : { ...cause, detail: `${cause.detail}; ${lost}` };
  walk.tell("Starting", entry, { cause: told, inferred });
  forget(walk);
  walk.start = { cause, unsettled: null, up: false, activating: !inferred };
}

function heldInWords({ wish }: Walk): string {
  return `the process has stayed up for ${spanInWords(wish.settleUs / 1000)}`;
}

/** Why it is started, as of this entry. */
export function startCause(walk: Walk, entry: JournalEntry): Cause {
  const { boot, leftIn, wish } = walk;
  const startedUp = boot?.startedUp ?? null;
  return causeOfStart({
    automatic: walk.scheduled,
    deed: walk.state === "Restarting" || walk.restartJob ? "restarted" : "started",
    atBoot: startedUp === null ? leftIn !== null : entry.at <= startedUp,
    triggeredBy: wish.unit?.triggeredBy ?? [],
  });
}

/** What explained the last move explains none after it. */
function forget(walk: Walk): void {
  walk.start = null;
  walk.stop = null;
  walk.success = null;
  walk.scheduled = null;
  walk.restartJob = false;
  // Other writers may be ahead of the service manager with what they say of the same start.
  walk.clues = walk.clues.filter(
    ({ entry }) => entry.invocation !== "" && entry.invocation === walk.invocation,
  );
}
