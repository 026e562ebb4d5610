import type { Observation } from "../../machine/observation";
import type { Micros } from "../../machine/types";
import type { Unseen } from "../contract";

/** What a host's journal told of the time before a contact. */
export interface Recovered {
  /** 32 hexadecimal digits, or what stands in for them where the host does not tell it. */
  readonly bootId: string;
  /** By service, oldest first. */
  readonly histories: ReadonlyMap<string, readonly Observation[]>;
  /** Times of which the journal tells nothing. */
  readonly unseen: readonly Unseen[];
  /** Where the live journal goes on; null where there is none. */
  readonly cursor: string | null;
  /** How far back the journal goes. */
  readonly recordFrom: Micros | null;
  /** Why it could not be read, in words; null if it could. */
  readonly trouble: string | null;
}
