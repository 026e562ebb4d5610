import type { Cause } from "../../../machine/observation";
import type { JournalEntry, UnitFact } from "../unit-facts";
import { byManager, causeOfJob } from "./cause-of-asking";
import { wishOf } from "./jobs";
import { readHint } from "./journal-hint";
import type { Told, UnitMemory, UnitState } from "./memory";

interface Attributed {
  readonly memory: UnitMemory;
  readonly attributions: readonly { readonly sourceKey: string; readonly cause: Cause }[];
}

const messageIds = {
  stopped: "9d1aaa27d60140bd96365438aad20286",
  restartScheduled: "5eb03494b6584870a536b337290809b3",
} as const;

/** Better causes of moves that were told before, as far as the fact brings any. */
export function attribute(memory: UnitMemory, fact: UnitFact): Attributed {
  switch (fact.tag) {
    case "journal":
      return apply(memory, (told) => causeByEntry(memory, told, fact.entry));
    case "command-answered":
      return apply(memory, (told) => causeByAnswer(memory, told, fact));
    case "opened":
    case "properties":
    case "job-new":
    case "job":
    case "job-removed":
    case "commanded":
    case "manager":
    case "clock":
    case "tick":
      return { memory, attributions: [] };
  }
}

/** A cause that adds nothing is not told again. */
function apply(memory: UnitMemory, causeFor: (told: Told) => Cause | null): Attributed {
  const attributions: { sourceKey: string; cause: Cause }[] = [];
  const told = memory.told.map((move) => {
    const cause = causeFor(move);
    if (cause === null || JSON.stringify(cause) === JSON.stringify(move.cause)) return move;
    attributions.push({ sourceKey: move.sourceKey, cause });
    return { ...move, cause };
  });
  return attributions.length === 0 ? { memory, attributions } : { memory: { ...memory, told }, attributions };
}

/** systemd named the job that it made of our command: what it brought about is ours after all. */
function causeByAnswer(
  memory: UnitMemory,
  told: Told,
  fact: UnitFact & { readonly tag: "command-answered" },
): Cause | null {
  const job = memory.jobs.find(({ id }) => id === told.job);
  if (job === undefined || !isDeed(told)) return null;
  const wrongly = told.cause.commandId === fact.commandId && job.id !== fact.job;
  const ours = job.id === fact.job && fact.error === null && told.cause.kind !== "operator";
  if (!ours && !wrongly) return null;
  const { properties } = memory;
  const situation = { memory, properties, seen: fact.seen, settleMs: 0 };
  const deed = told.to === "Stopping" || told.to === "Stopped" ? "stopped" : deedOf(memory, job);
  return causeOfJob(situation, job, deed);
}

function deedOf(memory: UnitMemory, job: Parameters<typeof wishOf>[1]) {
  return wishOf(memory, job) === "restart" ? ("restarted" as const) : ("started" as const);
}

/** The move is what was asked for, not how it came out. */
function isDeed({ to, cause }: Told): boolean {
  const asked =
    cause.kind === "operator" || cause.kind === "host-operator" || cause.kind === "service-manager";
  return asked && (to === "Starting" || to === "Stopping" || to === "Restarting");
}

function causeByEntry(memory: UnitMemory, told: Told, entry: JournalEntry): Cause | null {
  const latest = memory.told.findLast(({ invocation, to }) => isAbout(entry, invocation) && isEnd(to));
  const atEnd = latest === told;
  const { commandId } = told.cause;
  const keep = commandId === undefined ? {} : { commandId };
  if (entry.pid === 1 && entry.messageId === messageIds.stopped) {
    const restarted = entry.fields.JOB_TYPE === "restart" && told.to === "Stopping";
    if (!restarted || told.cause.kind !== "host-operator" || !isAbout(entry, told.invocation)) return null;
    return { ...told.cause, detail: "restarted by someone on the host" };
  }
  if (entry.pid === 1 && entry.messageId === messageIds.restartScheduled)
    return scheduled(memory, told, entry);
  if (!atEnd) return null;
  if (entry.pid === 1 && /Start request repeated too quickly/.test(entry.message) && told.to === "Error")
    return { ...byManager("started too often in too short a time: the start limit was hit"), ...keep };
  const hint = readHint(entry);
  if (hint === null) return null;
  if (hint.outOfMemory) return { kind: "host", detail: hint.outOfMemory, ...keep };
  if (
    hint.signalSent &&
    /SIG[A-Z]+/.exec(hint.signalSent)?.[0] === /SIG[A-Z0-9]+/.exec(told.cause.detail)?.[0]
  ) {
    if (told.cause.kind !== "service" && told.cause.kind !== "unknown") return null;
    const how = told.to === "Stopped" ? "ended" : told.cause.detail;
    return { kind: "host-operator", detail: `${how}: ${hint.signalSent}`, ...keep };
  }
  if (told.to !== "Error") return null;
  if (hint.spawnFailed && told.cause.kind === "service") return { ...told.cause, detail: hint.spawnFailed };
  if (hint.commandExit && / command failed/.test(told.cause.detail))
    return { ...told.cause, detail: hint.commandExit };
  if (hint.timedOut && /^the stop timed out/.test(told.cause.detail))
    return { ...told.cause, detail: hint.timedOut };
  return null;
}

/** "Scheduled restart job, restart counter is at N" belongs to the start after the end of that life. */
function scheduled(memory: UnitMemory, told: Told, entry: JournalEntry): Cause | null {
  const end = memory.told.findLastIndex(({ invocation, to }) => isAbout(entry, invocation) && isEnd(to));
  const next = end < 0 ? undefined : memory.told[end + 1];
  if (next !== told || told.to !== "Starting" || told.cause.kind === "operator") return null;
  if (told.cause.kind === "service-manager" || !entry.fields.N_RESTARTS) return null;
  return byManager(`automatic restart, attempt ${entry.fields.N_RESTARTS}`);
}

function isAbout(entry: JournalEntry, invocation: string): boolean {
  return entry.invocation !== "" && entry.invocation === invocation;
}

function isEnd(to: UnitState): boolean {
  return to === "Error" || to === "Stopped";
}
