import type { Micros } from "../../../machine/types";
import type { BesuMemory } from "./besu-memory";
import type { BesuSettings } from "./besu-settings";
import type { Participation } from "./participation";
import type { Verdict } from "./verdict";

/** All that is known of a node now. */
export interface Picture {
  readonly memory: BesuMemory;
  readonly settings: BesuSettings;
  readonly verdict: Verdict;
  readonly part: Participation;
  readonly disagreement: { readonly since: Micros; readonly what: string } | null;
  readonly at: Micros;
}
