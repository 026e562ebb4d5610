import { spanInWords } from "../../span-in-words";
import type { GroupPicture } from "./picture";
import type { GroupRule } from "./rule";

function over({ quorum }: GroupPicture): string {
  return quorum === null ? "None of its members is a validator any more." : quorum.detail;
}

/** What the validators of a chain are together. Nothing is asked while it is not known how they stand. */
export const groupRules: readonly GroupRule[] = [
  {
    id: "quorum-lost",
    title: "Quorum lost",
    severity: "critical",
    about: "group",
    origin: "practical",
    limit: {
      tag: "duration",
      key: "quorumLost",
      defaultMs: 10_000,
      what: "How long too few of a group's validators may take part.",
    },
    todo: "Start the validators that are missing, or mend what keeps them from the others: no block is made until enough take part again.",
    condition: ({ id, quorum, lost, limits }) => {
      const afterMs = limits.quorumLost ?? null;
      if (afterMs === null || quorum === null || lost === null) return null;
      const summary = `${id} has had no quorum for ${spanInWords(afterMs)}: the chain stands still.`;
      return { ...lost, afterMs, summary, why: quorum.detail };
    },
    over,
  },
  {
    id: "quorum-risk",
    title: "Quorum at risk",
    severity: "warning",
    about: "group",
    origin: "practical",
    limit: {
      tag: "duration",
      key: "quorumRisk",
      defaultMs: 60_000,
      what: "How long none of a group's validators may be to spare.",
    },
    todo: "Bring back the validator that is missing, and stop or restart no other one before.",
    condition: ({ id, quorum, risk, lost, limits }) => {
      const limitMs = limits.quorumRisk ?? null;
      if (limitMs === null || quorum === null || risk === null) return null;
      // A quorum that is lost is told as that; one that was at risk before is still not well.
      const afterMs = lost === null ? limitMs : Number.POSITIVE_INFINITY;
      const summary = `${id} has had no validator to spare for ${spanInWords(limitMs)}: one more loss stops the chain.`;
      return { ...risk, afterMs, summary, why: quorum.detail };
    },
    over,
  },
];
