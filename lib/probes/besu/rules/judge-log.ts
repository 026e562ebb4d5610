import type { Micros } from "../../../machine/types";
import type { BesuMemory } from "./besu-memory";
import type { BesuSettings } from "./besu-settings";
import { headAgeMs, headLimitMs, isHeadOld } from "./heads-seen";
import { notInSync, oldHead, type Verdict } from "./verdict";
import { inDigits, peersInWords } from "./words";

/** A sync of one block pauses consensus for a moment; only a longer pause is one. */
const pauseUs = 5_000_000;
/** Peers are told with each block that is taken in, and every five seconds while there are none. */
const peersHoldUs = 30_000_000;

/**
 * Whether a node that nobody can ask is in sync, by its log. Its blocks are dated by their lines, so that
 * a log that falls silent shows a head that stands still.
 */
export function judgeLog(memory: BesuMemory, settings: BesuSettings, at: Micros): Verdict {
  const { heads, syncing, peers } = memory.log;
  if (peers !== null && peers.count < settings.minPeers && at - peers.at <= peersHoldUs) {
    return notInSync("no-peers", peersInWords(peers.count, settings.minPeers));
  }
  if (syncing !== null && (syncing.height !== null || at - syncing.since >= pauseUs)) {
    const reached = syncing.height === null ? "" : `, has reached block ${inDigits(syncing.height)}`;
    return notInSync("behind", `behind${reached}`);
  }
  if (heads.last === null) return { tag: "process-only" };
  const isOld = isHeadOld(heads, at, settings.maxHeadAgeMs) === true;
  if (!isOld || isSeenElsewhere(memory, settings, at)) return { tag: "in-sync" };
  return oldHead(heads.last.height, headAgeMs(heads, at) ?? 0);
}

/** Other nodes see it propose newer blocks: then it is its log that has fallen silent. */
function isSeenElsewhere(
  { answer, log, chainHeads }: BesuMemory,
  settings: BesuSettings,
  at: Micros,
): boolean {
  const chain = answer?.answer.chain;
  const address = settings.address ?? log.address;
  if (chain?.tag !== "known" || chain.value.proposed.tag !== "known") return false;
  if (isHeadOld(chainHeads, at, settings.maxHeadAgeMs) !== false) return false;
  const last = chain.value.proposed.value.find((signer) => signer.address === address)?.last ?? null;
  return last !== null && log.heads.last !== null && last > log.heads.last.height;
}

/** When the log alone will change the verdict, by staying silent. */
export function logWakeAt({ log }: BesuMemory, { maxHeadAgeMs }: BesuSettings): readonly Micros[] {
  const limitMs = headLimitMs(log.heads, maxHeadAgeMs);
  const headAt = log.heads.last?.at ?? null;
  return [
    ...(headAt === null || limitMs === null ? [] : [headAt + limitMs * 1000 + 1]),
    ...(log.syncing === null ? [] : [log.syncing.since + pauseUs]),
    ...(log.peers === null ? [] : [log.peers.at + peersHoldUs + 1]),
  ];
}
