import type { Micros } from "../../../machine/types";
import type { BesuAnswer } from "../besu-answer";
import type { BesuMemory } from "./besu-memory";
import { learnFrom, seeHead } from "./heads-seen";
import { keepPace } from "./pace";

/** What an answer adds to what is known. */
export function learn(memory: BesuMemory, answer: BesuAnswer, at: Micros): BesuMemory {
  const { head, chain, earlier } = answer;
  const learnt = learnFrom(memory.heads, earlier, at);
  const heads = head.tag === "known" ? seeHead(learnt, head.value, at) : learnt;
  const observed = chain.tag === "known" && chain.value.by !== null ? chain.value.head : null;
  const chainHeads = observed === null ? memory.chainHeads : seeHead(memory.chainHeads, observed, at);
  const chainHeight = chain.tag === "known" ? chain.value.head.height : (heads.last?.height ?? null);
  return {
    ...memory,
    answer: { answer, at },
    failed: null,
    heads,
    chainHeads,
    ...progressed(memory, answer, at),
    answeredSince: memory.answeredSince ?? at,
    firstHeight: memory.firstHeight ?? (memory.startSeen ? chainHeight : null),
  };
}

function progressed(
  memory: BesuMemory,
  answer: BesuAnswer,
  at: Micros,
): Pick<BesuMemory, "pace" | "progressAt"> {
  const way = wayOf(answer);
  if (way === null) return { pace: memory.pace, progressAt: memory.progressAt };
  // A sync that begins or ends counts from elsewhere.
  const before = memory.answer?.answer;
  const pace = before === undefined || isSyncing(before) === isSyncing(answer) ? memory.pace : [];
  const last = pace.at(-1);
  const hasMoved = last !== undefined && way.height > last.height;
  return { pace: keepPace(pace, { at, ...way }), progressAt: hasMoved ? at : memory.progressAt };
}

function isSyncing({ syncing }: BesuAnswer): boolean {
  return syncing.tag === "known" && syncing.value !== null;
}

/** How far its sync is and how far it has to go, or where its head is and the best one known. */
function wayOf({ syncing, head, best }: BesuAnswer): { height: number; target: number | null } | null {
  if (syncing.tag === "known" && syncing.value !== null) {
    return { height: syncing.value.current, target: syncing.value.highest };
  }
  return head.tag === "known" ? { height: head.value.height, target: best } : null;
}
