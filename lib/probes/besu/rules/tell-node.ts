import { toRfc3339 } from "../../../clock";
import type { Node } from "../../../wire/application";
import { type BesuMemory, isSilent } from "./besu-memory";
import type { LogMemory } from "./log-memory";
import type { Picture } from "./picture";

/** What is known of the node itself; of one that does not answer, only who it is. */
export function nodeOf({ memory, settings, part }: Picture): Node {
  const isKnown = !isSilent(memory, settings);
  const answer = memory.answer?.answer;
  const head = (isKnown ? memory.heads.last : null) ?? memory.log.heads.last;
  const round = roundOf(memory);
  const peers = answer?.peers.tag === "known" ? answer.peers.value : (memory.log.peers?.count ?? null);
  return {
    height: head?.height ?? null,
    headAt: head?.at == null ? null : toRfc3339(head.at),
    peers: isKnown ? peers : null,
    minPeers: settings.minPeers,
    version: answer?.version ?? null,
    chainId: answer?.chainId ?? null,
    address: part.address,
    validator: part.validator,
    participates: part.participates,
    participation: part.words,
    lastProposed: part.lastProposed,
    validators: part.validators,
    round:
      round === null
        ? null
        : {
            number: round.number,
            expiresAt: toRfc3339(round.since + round.expiresInMs * 1000),
            since: toRfc3339(round.since),
          },
  };
}

/** The round its log spoke of last, for as long as no block has come since. */
export function roundOf({ log: { round }, heads }: BesuMemory): LogMemory["round"] {
  return round === null || (heads.seenAt ?? 0) > round.since ? null : round;
}
