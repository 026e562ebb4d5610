import type { Micros } from "../../../machine/types";
import type { ChainSaid } from "../besu-answer";
import { type BesuMemory, isSilent } from "./besu-memory";
import { type BesuSettings, speaksItself } from "./besu-settings";
import { headAgeMs, isHeadOld } from "./heads-seen";
import { ageInWords, inDigits } from "./words";

type Known = "yes" | "no" | "unknown";

/** What part a node has in the consensus of its chain. */
export interface Participation {
  readonly address: string | null;
  readonly validator: Known;
  readonly participates: Known;
  /** One sentence. */
  readonly words: string;
  readonly mend: string | null;
  readonly lastProposed: number | null;
  readonly validators: number | null;
  /** Whoever was asked sees no new block any more: nobody takes part. */
  readonly isStill: boolean;
}

/** By its log alone a validator takes part that has made one of so many blocks: larger sets are rare. */
const logBlocks = 64;

/**
 * A validator takes part where it has proposed one of the last 2 n blocks, n validators taking turns
 * (DOMAIN §6), in this run of its process. Where the chain stands still nobody is seen to propose.
 */
export function participationOf(memory: BesuMemory, settings: BesuSettings, at: Micros): Participation {
  const answer = memory.answer?.answer;
  const address = settings.address ?? answer?.address ?? memory.log.address;
  const silence = isSilent(memory, settings) ? memory.failed : null;
  const why = speaksItself(settings) ? "it was not asked yet" : "nobody was asked";
  const chain = silence ?? answer?.chain ?? { tag: "unknown", why, mend: null };
  if (!("tag" in chain) || chain.tag === "unknown") return byItsLog(memory, settings, address, chain, at);
  const { validators } = chain.value;
  const base = { address, validators: validators.length, mend: null, isStill: false };
  if (address === null) {
    const words = "consensus unknown: its address as a validator is not known";
    const mend = settings.validator ? "Set besu.address, or enable ADMIN in --rpc-http-api." : null;
    return { ...base, validator: settings.validator ? "yes" : "unknown", ...unseen(words), mend };
  }
  if (validators.includes(address)) {
    return { ...base, validator: "yes", ...byProposals(chain.value, address, memory, settings, at) };
  }
  const words = settings.validator
    ? `configured as a validator, and ${address} is not in the validator set`
    : "it is no validator";
  return { ...base, validator: "no", participates: "no", words, lastProposed: null };
}

/** Where nobody can say who proposes. */
function byItsLog(
  memory: BesuMemory,
  settings: BesuSettings,
  address: string | null,
  { why, mend }: { readonly why: string; readonly mend: string | null },
  at: Micros,
): Participation {
  const { lastOwn, heads } = memory.log;
  const base = { address, validators: null, mend: null, isStill: false };
  if (lastOwn !== null && heads.last !== null && isHeadOld(heads, at, settings.maxHeadAgeMs) !== true) {
    const since = heads.last.height - lastOwn;
    if (since <= logBlocks) {
      const words = "takes part: its log tells of blocks that it produced";
      return { ...base, validator: "yes", participates: "yes", words, lastProposed: lastOwn };
    }
    if (!settings.validator) {
      const words = `takes no part: none of the last ${logBlocks} blocks in its log is its own`;
      return { ...base, validator: "unknown", participates: "no", words, lastProposed: lastOwn };
    }
  }
  if (!settings.validator) {
    const words = `not configured as a validator; whether its chain has it as one is not known: ${why}`;
    return { ...base, validator: "unknown", ...unseen(words) };
  }
  return { ...base, validator: "yes", ...unseen(`consensus unknown: ${why}`), mend };
}

type Part = Pick<Participation, "participates" | "words" | "lastProposed"> & { readonly isStill?: boolean };

function unseen(words: string): Part {
  return { participates: "unknown", words, lastProposed: null };
}

function byProposals(
  { validators, proposed, head, by }: ChainSaid,
  address: string,
  memory: BesuMemory,
  { maxHeadAgeMs }: BesuSettings,
  at: Micros,
): Part {
  if (proposed.tag === "unknown") return unseen(`consensus unknown: ${proposed.why}`);
  const told = proposed.value.find((signer) => signer.address === address)?.last ?? 0;
  // Its own log may be ahead of whoever was asked.
  const last = Math.max(told, memory.log.lastOwn ?? 0) || null;
  const heads = by === null ? memory.heads : memory.chainHeads;
  const where = by === null ? "" : ` at ${by}`;
  if (isHeadOld(heads, at, maxHeadAgeMs) === true) {
    const words = `consensus unknown: no new block for ${ageInWords(headAgeMs(heads, at) ?? 0)}${where}`;
    return { participates: "unknown", words, lastProposed: last, isStill: true };
  }
  const window = 2 * validators.length;
  const floor = Math.max(head.height - window, memory.firstHeight ?? 0);
  if (last !== null && last > floor) {
    return {
      participates: "yes",
      words: `takes part: it has proposed one of the last ${window} blocks${where}`,
      lastProposed: last,
    };
  }
  if (head.height < window || head.height - (memory.firstHeight ?? 0) < window) {
    const words = `consensus unknown: ${memory.firstHeight === null ? "the chain is too young" : "it has not proposed since it started"}, and it is early to tell`;
    return { participates: "unknown", words, lastProposed: last };
  }
  const before = last === null ? "" : `, its last was ${inDigits(last)}`;
  return {
    participates: "no",
    words: `has proposed none of the last ${window} blocks${where}${before}`,
    lastProposed: last,
  };
}
