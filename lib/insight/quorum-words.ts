import type { Quorum, QuorumWord } from "../wire/group";

/** What more there is to say of a quorum than its counts. */
interface Aside {
  /** Validators of the chain that are not members. */
  readonly notWatched: number;
  /** How many of those that take part have the head of the chain. */
  readonly inSync: number;
  readonly chains: readonly number[];
  /** Why the counts alone do not say that the chain moves. */
  readonly doubt: "chains" | "not in sync" | null;
}

/** How the validators stand, in one sentence. */
export function sayQuorum(word: QuorumWord, quorum: Omit<Quorum, "word" | "detail">, aside: Aside): string {
  const { n, needed, participating, mayFail, missing } = quorum;
  const take = participating === 1 ? "takes" : "take";
  const count = `${participating} of ${n} validators`;
  const need = needed === 1 ? "1 is needed" : `${needed} are needed`;
  const part = `${count} ${take} part, ${need}`;
  const who = missing.length === 0 ? "" : `; not: ${missing.join(", ")}`;
  const unknown = sayUnknown(quorum.unsure, aside.notWatched);
  switch (word) {
    case "safe":
      return `${part}${who}${unknown}: ${mayFail === 1 ? "one more may fail" : `${mayFail} more may fail`}.`;
    case "at-risk":
      return `${part}${who}: none may fail any more, one more loss stops the chain.`;
    case "stopped":
      return `${part}${who}${unknown}: the chain stands still.`;
    case "unknown": {
      if (aside.doubt === "chains")
        return `Its validators are of ${aside.chains.length} chains (${aside.chains.join(", ")}): each needs a group of its own.`;
      const known = `${count} ${participating === 1 ? "is" : "are"} known to take part, ${need}`;
      const sync =
        aside.inSync === 1 ? "1 of them is" : `${aside.inSync === 0 ? "none" : aside.inSync} of them are`;
      return `${known}${who}${unknown}${aside.doubt === null ? "" : `; but ${sync} in sync`}.`;
    }
  }
}

function sayUnknown(unsure: readonly string[], notWatched: number): string {
  const others =
    notWatched === 0 ? [] : [`${notWatched} that ${notWatched === 1 ? "is" : "are"} not watched here`];
  const all = [...unsure, ...others];
  return all.length === 0 ? "" : `; not known: ${all.join(", ")}`;
}
