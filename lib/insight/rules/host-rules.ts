import { spanInWords } from "../../span-in-words";
import type { HostRule } from "./rule";
import { asSentence } from "./sentence";

export const hostRules: readonly HostRule[] = [
  {
    id: "contact",
    title: "Host out of contact",
    severity: "critical",
    about: "host",
    origin: "practical",
    limit: {
      tag: "duration",
      key: "contact",
      defaultMs: 60_000,
      what: "How long a host may be out of contact; of its services nothing is told meanwhile.",
    },
    todo: "Check the host and the way to it: power, network, ssh. Until it is seen again nothing on it can be commanded.",
    condition: ({ id, lost, limits }) => {
      const afterMs = limits.contact ?? null;
      if (lost === null || afterMs === null) return null;
      return {
        since: lost.since,
        afterMs,
        seenMs: lost.seenMs,
        summary: `${id} has been out of contact for ${spanInWords(afterMs)}.`,
        why: asSentence(lost.reason),
      };
    },
    over: () => "The host is seen again.",
  },
];
