import type { JournalEntry } from "../unit-facts";
import { causeOfCleanEnd, causeOfFailure, causeOfStop } from "./journal-causes";
import { startCause } from "./recover-start";
import type { Stop, Walk } from "./walk";

/** "Stopping": of a stop or of a restart, which only the entry that closes the same job tells. */
export function onStopping(walk: Walk, entry: JournalEntry): void {
  walk.enter(entry.invocation);
  beginStop(walk, entry, purposeOf(walk, entry), { inferred: false });
}

function purposeOf(walk: Walk, entry: JournalEntry): Stop["purpose"] {
  const job = entry.fields.JOB_ID;
  for (const [next, word] of walk.ahead()) {
    const sameJob = job !== undefined && next.fields.JOB_ID === job;
    if (!sameJob && (word.tag === "starting" || word.tag === "started" || word.tag === "stopping")) break;
    if (!sameJob) continue;
    if (word.tag === "stopped") return word.restart ? "restart" : "stop";
    if (word.tag === "starting" || word.tag === "started" || word.tag === "start-failed") return "restart";
  }
  return "stop";
}

function beginStop(
  walk: Walk,
  entry: JournalEntry,
  purpose: Stop["purpose"],
  { inferred }: { readonly inferred: boolean },
): void {
  const began = walk.boot?.shutdown ?? null;
  const cause = causeOfStop(purpose, began !== null && entry.at >= began);
  walk.stop = { purpose, cause };
  // What is being stopped before it has held does not hold any more.
  if (walk.start !== null) walk.start = { ...walk.start, unsettled: null };
  if (!inferred && !walk.isDecided(entry)) return;
  walk.tell(purpose === "restart" ? "Restarting" : "Stopping", entry, { cause, inferred });
}

/** "Stopped": the job has taken the unit down, whatever became of it. */
export function onStopped(walk: Walk, entry: JournalEntry, restart: boolean): void {
  walk.enter(entry.invocation);
  // An automatic restart closes what it takes the place of; that had ended before.
  if (restart && walk.scheduled !== null) return;
  switch (walk.state) {
    case "Stopped":
      walk.restartJob = restart;
      break;
    // It failed under this very job, or it was waiting for its automatic restart.
    case "Error":
      if (restart) walk.restartJob = true;
      else if (walk.stop === null) tellStopped(walk, entry, "stopped");
      break;
    case "Restarting":
      if (!restart) tellStopped(walk, entry, undefined);
      break;
    case "Stopping":
      tellStopped(walk, entry, undefined);
      break;
    // Nothing had to be ended, so that systemd did not say "Stopping".
    default:
      if (restart || walk.state !== null)
        beginStop(walk, entry, restart ? "restart" : "stop", { inferred: true });
      if (!restart) tellStopped(walk, entry, undefined);
  }
  walk.success = null;
  walk.start = null;
}

function tellStopped(walk: Walk, entry: JournalEntry, event: string | undefined): void {
  const began = walk.boot?.shutdown ?? null;
  const cause = walk.stop?.cause ?? causeOfStop("stop", began !== null && entry.at >= began);
  walk.tell("Stopped", entry, { cause, ...(event === undefined ? {} : { event }) });
  walk.stop = null;
  walk.clues = [];
}

/** "Deactivated successfully": all of it has ended, and well. Whose doing it was, the next entries tell. */
export function onSuccess(walk: Walk, entry: JournalEntry): void {
  walk.enter(entry.invocation);
  walk.success = entry;
  const sequel = sequelOf(walk, entry);
  if (sequel === "job-done") return;
  if (walk.stop === null) endByItself(walk, entry);
  // Where a start has taken the stop's place, the unit goes from Stopping straight to Starting.
  else if (walk.stop.purpose === "stop" && sequel !== "start" && walk.isDecided(entry))
    tellStopped(walk, entry, undefined);
}

/** What comes after a good end: the closing entry of the job that brought it about, another start, or neither. */
function sequelOf(walk: Walk, entry: JournalEntry): "job-done" | "start" | "none" {
  for (const [next, word] of walk.ahead()) {
    switch (word.tag) {
      case "stopped":
        return "job-done";
      case "started":
        return next.invocation === entry.invocation ? "job-done" : "start";
      case "starting":
      case "skipped":
      case "start-failed":
      case "stopping":
        return "start";
      case "restart-scheduled":
      case "failure":
        return "none";
      case "success":
      case "clue":
      case "other":
    }
  }
  return "none";
}

function endByItself(walk: Walk, entry: JournalEntry): void {
  const { start, state, clues } = walk;
  const began = state === "Starting" && !start?.up;
  const unseen = state === "Starting" && start?.up;
  walk.tell("Stopped", entry, {
    cause: causeOfCleanEnd(clues, began),
    ...(unseen ? { event: null } : began ? { event: "finished" } : {}),
    clues,
  });
  walk.start = null;
  walk.success = null;
  walk.clues = [];
}

/** "Failed with result": of a start, of a stop, or by itself. */
export function onFailure(walk: Walk, entry: JournalEntry, result: string): void {
  walk.enter(entry.invocation);
  for (const [next, word] of walk.ahead()) {
    if (next.invocation !== entry.invocation) break;
    // Written by the process itself, it may come late.
    if (word.tag === "clue" && word.clue === "spawn-failed") walk.keepClue({ clue: word.clue, entry: next });
  }
  const { clues, start, stop } = walk;
  if (result === "start-limit-hit" || clues.some(({ clue }) => clue === "start-limit"))
    tellRefused(walk, entry, result);
  else if (stop !== null && (walk.state === "Stopping" || walk.state === "Restarting"))
    walk.tell("Error", entry, { cause: causeOfFailure(result, clues, "stop"), event: "stop failed", clues });
  else if (walk.state === "Starting" && !start?.up)
    walk.tell("Error", entry, {
      cause: causeOfFailure(result, clues, "start"),
      event: "initialization failed",
      clues,
    });
  // A besu or cloudflared that came up: what it was in by then, the journal does not know.
  else
    walk.tell("Error", entry, {
      cause: causeOfFailure(result, clues, "run"),
      ...(walk.state === "Starting" ? { event: null } : {}),
      clues,
    });
  walk.start = null;
  walk.success = null;
  walk.scheduled = null;
  walk.clues = [];
}

/** The start limit refuses a start before it has a process; what failed before stays failed. */
function tellRefused(walk: Walk, entry: JournalEntry, result: string): void {
  const { state, clues } = walk;
  if (state === "Restarting" || state === "Stopped")
    walk.tell("Starting", entry, { cause: startCause(walk, entry), inferred: true, refused: true });
  const cause = causeOfFailure(result, clues, "start");
  walk.tell("Error", entry, { cause, event: "initialization failed", refused: true, clues });
}
