import type { Alert } from "../wire/alert";

/** What may be told of an alert. `unsilenced`: a silence ended, and it still holds. */
export const tellable = ["fired", "unsilenced", "acknowledged", "resolved"] as const;
export type Tellable = (typeof tellable)[number];

/** One thing that is told, as it was when it happened. It waits in the outbox in this form. */
export type Telling = AlertTelling | TestTelling;

export interface AlertTelling {
  readonly tag: "alert";
  readonly what: Tellable;
  readonly at: string;
  /** Who acknowledged it, and with what note. */
  readonly actor: string | null;
  readonly note: string | null;
  readonly alert: Alert;
  /** The page to read, if the service has one. */
  readonly runbook: string | null;
}

export interface TestTelling {
  readonly tag: "test";
  readonly at: string;
  /** Who asked for it. */
  readonly by: string;
}

/** What goes out at once. Tried again, it is the same to the last word, under the same id. */
export interface Delivery {
  readonly id: string;
  /** Oldest first, one at least. */
  readonly tellings: readonly [Telling, ...Telling[]];
  /** The delivery by which the only alert in it was told first. */
  readonly repliesTo: string | null;
}

export type Outcome =
  /** `remark`: it arrived, but not quite as it was meant to. */
  | { readonly tag: "sent"; readonly remark: string | null }
  /** It may succeed by itself. `afterMs`: when the receiver wants to be asked again. */
  | { readonly tag: "failed"; readonly reason: string; readonly afterMs: number | null }
  /** The receiver does not want it so: somebody has to change something. */
  | { readonly tag: "refused"; readonly reason: string };

export const sent: Outcome = { tag: "sent", remark: null };
