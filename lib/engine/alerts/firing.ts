import type { Micros } from "../../machine/types";

/** An alert that was told and is not over. */
export interface Firing {
  readonly id: string;
  /** As the rule's condition said it when it fired. */
  readonly since: Micros;
  /** The silence under which it is; `unknown` for one that an earlier engine told. Null: under none. */
  silence: { readonly id: string } | "unknown" | null;
}
