import type { Quorum } from "@/lib/wire/group";

export interface QuorumFact {
  readonly word: string;
  readonly count: string;
  /** What stands beside the number. */
  readonly beside?: string;
}

/** The arithmetic of a chain of validators in plain words, in the order in which it follows. */
export function quorumFacts({
  n,
  tolerated,
  needed,
  participating,
  unknown,
  mayFail,
}: Quorum): readonly QuorumFact[] {
  return [
    { word: "Validators of the chain", count: String(n) },
    { word: "Needed for a block", count: String(needed), beside: "two thirds, rounded up" },
    { word: "May fail at all", count: String(tolerated), beside: "less than a third" },
    {
      word: "Take part now",
      count: String(participating),
      ...(unknown > 0 && { beside: `and ${unknown} not known` }),
    },
    lastOf(mayFail, unknown),
  ];
}

/** What is not known takes part in no claim: neither that one is missing, nor that no more may fail. */
function lastOf(mayFail: number, unknown: number): QuorumFact {
  const atLeast = unknown > 0 ? "at least " : "";
  const missing = -mayFail - unknown;
  if (missing > 0) return { word: "Missing for a block", count: `${atLeast}${missing}` };
  return { word: "May still fail", count: mayFail < 0 ? "not known" : `${atLeast}${mayFail}` };
}
