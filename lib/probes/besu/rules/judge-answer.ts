import type { Micros } from "../../../machine/types";
import type { BesuAnswer } from "../besu-answer";
import type { BesuMemory } from "./besu-memory";
import type { BesuSettings } from "./besu-settings";
import { headAgeMs, isHeadOld } from "./heads-seen";
import { leftMs, perSecond } from "./pace";
import { type NotInSync, notInSync, oldHead, type Verdict } from "./verdict";
import { inDigits, leftInWords, peersInWords, rateInWords } from "./words";

/**
 * In sync is: no sync in progress, enough peers, a fresh head, and not too far behind the best block
 * known (DOMAIN §2, "In-sync test"). What is known to be wrong counts before what is not known.
 */
export function judgeAnswer(
  answer: BesuAnswer,
  memory: BesuMemory,
  settings: BesuSettings,
  at: Micros,
): Verdict {
  return wrongIn(answer, memory, settings, at) ?? missingIn(answer, settings) ?? { tag: "in-sync" };
}

function wrongIn(
  answer: BesuAnswer,
  memory: BesuMemory,
  settings: BesuSettings,
  at: Micros,
): NotInSync | null {
  const { peers, noPeersBecause } = answer;
  const behind = behindBy(answer, memory, settings);
  if (peers.tag === "known" && peers.value < settings.minPeers) {
    const words = peersInWords(peers.value, settings.minPeers);
    const detail = noPeersBecause === null ? words : `${words}: ${noPeersBecause.why}`;
    return {
      ...notInSync("no-peers", detail),
      ...behind,
      reason: "no-peers",
      detail,
      mend: noPeersBecause?.mend ?? null,
    };
  }
  if (behind !== null) return behind;
  const { heads } = memory;
  if (heads.last === null || isHeadOld(heads, at, settings.maxHeadAgeMs) !== true) return null;
  return oldHead(heads.last.height, headAgeMs(heads, at) ?? 0);
}

/** Null: it is not behind, as far as is known. */
function behindBy(
  { syncing, head, best, ready }: BesuAnswer,
  memory: BesuMemory,
  settings: BesuSettings,
): NotInSync | null {
  if (syncing.tag === "known" && syncing.value !== null) {
    const { starting, current, highest } = syncing.value;
    const way = highest - starting;
    const share = way > 0 ? Math.min(1, Math.max(0, (current - starting) / way)) : null;
    return paced(Math.max(0, highest - current), share, memory);
  }
  if (best !== null && head.tag === "known") {
    const behind = best - head.value.height;
    return behind > settings.maxBehind ? paced(behind, null, memory) : null;
  }
  const isUnready = syncing.tag === "unknown" && ready.tag === "known" && !ready.value;
  return isUnready ? notInSync("behind", "behind, by its own word at /readiness") : null;
}

function paced(behind: number, share: number | null, { pace }: BesuMemory): NotInSync {
  const rate = perSecond(pace);
  const left = behind > 0 ? leftMs(pace) : null;
  const words = [`behind ${inDigits(behind)} ${behind === 1 ? "block" : "blocks"}`];
  if (rate !== null) words.push(rate > 0 ? rateInWords(rate) : "not moving");
  if (left !== null) words.push(leftInWords(left));
  return { ...notInSync("behind", words.join(", ")), share, behind, perSecond: rate, leftMs: left };
}

/** What has to be known and is not; null: nothing is missing. */
function missingIn(
  { syncing, head, peers, best, ready }: BesuAnswer,
  { minPeers }: BesuSettings,
): Verdict | null {
  // What /readiness says UP to holds for sync and peers alike.
  const isReady = ready.tag === "known" && ready.value;
  const knowsSync = syncing.tag === "known" || best !== null || isReady;
  const knowsPeers = minPeers === 0 || isReady;
  const [missing] = [knowsSync ? null : syncing, head, knowsPeers ? null : peers].filter(
    (said) => said?.tag === "unknown",
  );
  if (missing?.tag !== "unknown") return null;
  return { tag: "unknown", detail: `sync unknown: ${missing.why}`, mend: missing.mend };
}
