import type { BesuConfig } from "../../config/fleet";
import type { Secret } from "../../config/notify-config";
import type { ApplicationRules, Probe } from "../contract";
import type { Exchange } from "../exchange";
import type { BesuAnswer } from "./besu-answer";
import type { BesuMemory } from "./rules/besu-memory";

/** What a Besu service needs of its surroundings. */
export interface BesuParts {
  readonly exchange: Exchange;
  /** Other nodes of the chain, in the order in which they are asked, each by its own way. */
  readonly observers: readonly {
    readonly id: string;
    readonly config: BesuConfig;
    readonly exchange: Exchange;
  }[];
  /** Reads a secret, each time anew; what it gives is never told. */
  readonly secret: (secret: Secret) => Promise<string>;
}

export interface Besu {
  readonly probe: Probe<BesuAnswer>;
  readonly rules: ApplicationRules<BesuMemory, BesuAnswer>;
  /** Whether the rules want the lines of its log. */
  readonly readsLog: boolean;
}
