import type { Check } from "../../../wire/application";
import { type BesuMemory, isDenied, isSilent } from "./besu-memory";
import { speaksItself } from "./besu-settings";
import type { Picture } from "./picture";
import { inDigits, mended, peersInWords } from "./words";

type Found = Omit<Check, "what">;

/** The specification's "Verification" of Running, and what a Besu node is asked beside. */
export function checksOf(picture: Picture): Check[] {
  const { part, settings } = picture;
  const checks: Check[] = [
    { what: "Health check endpoint responding", ...respondingOf(picture) },
    { what: "Service logs showing normal operation", ...logOf(picture.memory) },
    { what: "Metrics indicating activity", ...activityOf(picture) },
    { what: "In sync", ...inSyncOf(picture) },
    { what: "Enough peers", ...peersOf(picture) },
    { what: "Ready by its own word", ...readyOf(picture) },
  ];
  if (settings.validator || part.validator === "yes") {
    checks.push({ what: "In the validator set", ...memberOf(picture) });
    checks.push({
      what: "Takes part in consensus",
      result: part.participates,
      detail: mended(part.words, part.mend),
    });
  }
  return checks;
}

function respondingOf({ memory, settings }: Picture): Found {
  const { failed, answer } = memory;
  if (settings.rpc === null)
    return { result: "unknown", detail: "it has no RPC, and so no health endpoints" };
  if (failed !== null) {
    const detail = mended(failed.why, failed.mend);
    return { result: isDenied(memory, settings) || failed.failure === "denied" ? "unknown" : "no", detail };
  }
  if (answer === null) return { result: "unknown", detail: "not asked yet" };
  if (answer.answer.ready.tag === "known") return { result: "yes", detail: "its RPC and /readiness answer" };
  const isLive = answer.answer.live.tag === "known" && answer.answer.live.value;
  return { result: "yes", detail: isLive ? "its RPC and /liveness answer" : "its RPC answers" };
}

function logOf({ log }: BesuMemory): Found {
  if (log.newest === null) return { result: "unknown", detail: "no line of its log has told how it is" };
  return { result: log.newest.isOrdinary ? "yes" : "no", detail: log.newest.what };
}

/** What moves is its head. */
function activityOf({ memory, settings, verdict }: Picture): Found {
  const unseen = whyUnseen(memory, settings);
  const heads = speaksItself(settings) ? memory.heads : memory.log.heads;
  if (unseen !== null) return { result: "unknown", detail: unseen };
  if (heads.last === null) return { result: "unknown", detail: "its blocks are not known" };
  if (verdict.tag === "not-in-sync" && verdict.reason === "old-head")
    return { result: "no", detail: verdict.detail };
  const block = `its newest block is ${inDigits(heads.last.height)}`;
  const hasMoved = heads.gapsMs.length > 0 || memory.progressAt !== null;
  return hasMoved
    ? { result: "yes", detail: block }
    : { result: "unknown", detail: `${block}, and it was not seen to move yet` };
}

function inSyncOf({ memory, settings, verdict }: Picture): Found {
  const unseen = whyUnseen(memory, settings);
  if (unseen !== null) return { result: "unknown", detail: unseen };
  switch (verdict.tag) {
    case "in-sync":
      return { result: "yes", detail: "no sync is in progress, and its head is fresh" };
    case "not-in-sync":
      return { result: "no", detail: verdict.detail };
    case "unknown":
      return { result: "unknown", detail: mended(verdict.detail, verdict.mend) };
    case "process-only":
      return { result: "unknown", detail: "only its process is seen" };
  }
}

function peersOf({ memory, settings }: Picture): Found {
  const unseen = whyUnseen(memory, settings);
  if (unseen !== null) return { result: "unknown", detail: unseen };
  const said = memory.answer?.answer;
  const { minPeers } = settings;
  const byLog = memory.log.peers?.count ?? null;
  if (said?.peers.tag === "unknown" && byLog === null) {
    return { result: "unknown", detail: mended(said.peers.why, said.peers.mend) };
  }
  const count = said?.peers.tag === "known" ? said.peers.value : byLog;
  if (count === null) return { result: "unknown", detail: "its peers are not known" };
  if (count >= minPeers) return { result: "yes", detail: `${count} of at least ${minPeers}` };
  const words = peersInWords(count, minPeers);
  const because = said?.noPeersBecause ?? null;
  return {
    result: "no",
    detail: because === null ? words : mended(`${words}: ${because.why}`, because.mend),
  };
}

function readyOf({ memory, settings }: Picture): Found {
  const unseen = whyUnseen(memory, settings);
  if (unseen !== null) return { result: "unknown", detail: unseen };
  const ready = memory.answer?.answer.ready;
  if (ready?.tag !== "known")
    return {
      result: "unknown",
      detail: ready === undefined ? "not asked yet" : mended(ready.why, ready.mend),
    };
  return ready.value
    ? { result: "yes", detail: "/readiness says UP" }
    : { result: "no", detail: "/readiness says DOWN: too few peers, or too far behind" };
}

function memberOf({ part, settings }: Picture): Found {
  const { validator, validators, address } = part;
  if (validators === null) {
    const detail = settings.validator
      ? "the configuration says so, and nobody could be asked"
      : "its log says so";
    return { result: "unknown", detail };
  }
  if (validator === "no") return { result: "no", detail: part.words };
  if (address === null)
    return { result: "unknown", detail: mended("its address as a validator is not known", part.mend) };
  return { result: "yes", detail: `${address} is one of ${validators}` };
}

/** Null: there is an answer that holds. */
function whyUnseen(memory: BesuMemory, settings: Picture["settings"]): string | null {
  if (!speaksItself(settings)) return null;
  if (memory.failed !== null && isSilent(memory, settings)) return `no answer: ${memory.failed.why}`;
  return memory.answer === null ? "not asked yet" : null;
}
