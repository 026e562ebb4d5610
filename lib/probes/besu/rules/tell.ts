import { toRfc3339 } from "../../../clock";
import type { Application, Sync } from "../../../wire/application";
import type { Health } from "../../../wire/service";
import type { Told } from "../../contract";
import { isStuck } from "./amiss";
import { hasSpoken, isDenied, isSilent } from "./besu-memory";
import { speaksItself } from "./besu-settings";
import { checksOf } from "./checks";
import { askedAddress } from "./evidence";
import { isFirstStart, isUnresponsive } from "./first-start";
import { roundInWords } from "./log-words";
import type { Picture } from "./picture";
import { nodeOf, roundOf } from "./tell-node";
import { inDigits, mended } from "./words";

/** What is shown of a node beside its state. Ages are told as instants, and in words only coarsely. */
export function tell(picture: Picture): Told {
  const { settings, disagreement } = picture;
  const application: Application = {
    says: saysOf(picture),
    asked: askedAddress(settings),
    from: settings.from,
    checks: checksOf(picture),
    sync: syncOf(picture),
    node: nodeOf(picture),
    tunnel: null,
    warning: null,
    disagreement:
      disagreement === null ? null : { since: toRfc3339(disagreement.since), what: disagreement.what },
  };
  return { health: healthOf(picture), application, activity: activityOf(picture) };
}

function saysOf({ memory, settings, verdict, part }: Picture): string {
  const { failed, answer } = memory;
  if (failed !== null && (isSilent(memory, settings) || answer === null))
    return `no answer: ${mended(failed.why, failed.mend)}`;
  switch (verdict.tag) {
    case "in-sync": {
      const height = memory.heads.last?.height ?? memory.log.heads.last?.height ?? null;
      const where = height === null ? "in sync" : `in sync at block ${inDigits(height)}`;
      return part.validator === "yes" ? `${where}; ${part.words}` : where;
    }
    case "not-in-sync":
      return `not in sync: ${mended(verdict.detail, verdict.mend)}`;
    case "unknown":
      return mended(verdict.detail, verdict.mend);
    case "process-only":
      return part.participates === "yes" ? part.words : "only its process is seen, sync unknown";
  }
}

function healthOf({ memory, settings, verdict, part, at }: Picture): Health {
  const { failed, answer, log } = memory;
  if (isDenied(memory, settings)) return { status: "unknown", detail: failed?.why ?? "denied" };
  if (failed !== null && (isSilent(memory, settings) || isUnresponsive(memory, at))) {
    const isEarly = answer === null && isFirstStart(memory, at);
    return isEarly
      ? { status: "unknown", detail: `no answer yet: ${failed.why}` }
      : { status: "failing", detail: failed.why };
  }
  if (failed !== null && answer === null)
    return { status: "unknown", detail: `no answer yet: ${failed.why}` };
  if (log.hasHalted) return { status: "failing", detail: "its part in consensus ended with a fatal error" };
  switch (verdict.tag) {
    case "unknown":
      return { status: "unknown", detail: verdict.detail };
    case "not-in-sync": {
      const isOrdinary = verdict.reason === "behind" && !isStuck(memory, settings, at);
      return {
        status: isOrdinary ? "ok" : "failing",
        detail: isOrdinary ? `syncing: ${verdict.detail}` : verdict.detail,
      };
    }
    case "in-sync":
    case "process-only": {
      if (settings.validator && part.participates === "no") return { status: "degraded", detail: part.words };
      if (verdict.tag === "in-sync") return { status: "ok", detail: "in sync" };
      return part.participates === "yes"
        ? { status: "ok", detail: part.words }
        : { status: "unknown", detail: "only its process is seen, sync unknown" };
    }
  }
}

/** Null: in sync, or nothing is known of it. */
function syncOf({ memory, settings, verdict }: Picture): Sync | null {
  if (memory.answer === null && speaksItself(settings)) return null;
  if (isSilent(memory, settings)) return null;
  const progressAt = memory.progressAt === null ? null : toRfc3339(memory.progressAt);
  switch (verdict.tag) {
    case "not-in-sync": {
      const { reason, detail, share, behind, perSecond, leftMs } = verdict;
      return { reason, detail, share, behind, perSecond, leftMs, progressAt };
    }
    case "unknown":
      return {
        reason: "unknown",
        detail: verdict.detail,
        share: null,
        behind: null,
        perSecond: null,
        leftMs: null,
        progressAt,
      };
    case "in-sync":
    case "process-only":
      return null;
  }
}

function activityOf(picture: Picture): string | null {
  const { memory, settings, verdict, at } = picture;
  if (!hasSpoken(memory.state)) {
    if (!speaksItself(settings)) return "waiting for its log to say how it is";
    const whom = settings.rpc === null ? "its metrics" : "its RPC";
    const why = memory.failed === null ? "" : `: ${memory.failed.why}`;
    const isLate = memory.failed !== null && !isFirstStart(memory, at);
    return isLate ? `unresponsive${why}` : `waiting for ${whom}${why}`;
  }
  if (memory.state === "Syncing" && (verdict.tag === "not-in-sync" || verdict.tag === "unknown"))
    return verdict.detail;
  const round = roundOf(memory);
  return round === null ? null : roundInWords(round.number, round.expiresInMs);
}
