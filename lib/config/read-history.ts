import { readPart } from "./explain";
import type { Problem } from "./issue";
import { keysOf } from "./keys-of";
import type { Located } from "./located";
import { entryOf, isEmpty } from "./located";
import { duration } from "./values";

/** The keys of `history` in signalbox.yaml. */
export const historyKeys = keysOf("history", {
  keep: duration("90d", "36500d")
    .optional()
    .describe("Single moves older than this are removed; the sums of each day stay. Default: nothing is."),
});

/** How long single moves are kept, in ms; null: for ever. */
export function readHistoryKeep(root: Located, problems: Problem[]): number | null {
  const given = entryOf(root, "history")?.value;
  if (given === undefined || isEmpty(given)) return null;
  return readPart(historyKeys, given, ["history"], problems)?.keep ?? null;
}
