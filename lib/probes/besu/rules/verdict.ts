import type { SyncReason } from "../../../wire/application";
import { ageInWords } from "./words";

/** Whether a node is in sync, by what was last seen of it. */
export type Verdict =
  | { readonly tag: "in-sync" }
  | NotInSync
  /** It spoke, and does not tell enough of that. */
  | { readonly tag: "unknown"; readonly detail: string; readonly mend: string | null }
  /** Nothing of it is seen but its process. */
  | { readonly tag: "process-only" };

export interface NotInSync {
  readonly tag: "not-in-sync";
  readonly reason: Exclude<SyncReason, "unknown">;
  readonly detail: string;
  readonly mend: string | null;
  readonly share: number | null;
  readonly behind: number | null;
  readonly perSecond: number | null;
  readonly leftMs: number | null;
}

/** Not in sync, and nothing is known of how far it is. */
export function notInSync(
  reason: NotInSync["reason"],
  detail: string,
  mend: string | null = null,
): NotInSync {
  return {
    tag: "not-in-sync",
    reason,
    detail,
    mend,
    share: null,
    behind: null,
    perSecond: null,
    leftMs: null,
  };
}

export function oldHead(height: number, ageMs: number): NotInSync {
  return notInSync(
    "old-head",
    height === 0 ? "its head is the first block of the chain" : `head is ${ageInWords(ageMs)} old`,
  );
}
