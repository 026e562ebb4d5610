import type { Cause, Move } from "../../lib/machine/observation";
import type { Micros } from "../../lib/machine/types";
import type { ServiceDetail } from "../../lib/platforms/contract";
import type { CommandRow } from "../../lib/wire/command-view";
import type { Command } from "../../lib/wire/service";

/** A move as history keeps it: beside it how long the state before lasted. */
export interface RecordedMove {
  readonly move: Move;
  /** Null on a service's first row. Gaps are left out of it and told in `gapUs`. */
  readonly inFromUs: Micros | null;
  readonly gapUs: Micros;
  readonly commandId: string | null;
}

/** One thing the engine has to write. Entries are written in the order in which they were handed over. */
export type Entry =
  | { readonly tag: "moves"; readonly serviceId: number; readonly moves: readonly RecordedMove[] }
  | { readonly tag: "detail"; readonly serviceId: number; readonly detail: ServiceDetail }
  | { readonly tag: "wanted"; readonly serviceId: number; readonly wanted: boolean }
  | {
      readonly tag: "command";
      readonly serviceId: number;
      readonly row: CommandRow;
      readonly view: Command;
    }
  | {
      readonly tag: "attribution";
      readonly serviceId: number;
      readonly sourceKey: string;
      readonly cause: Cause;
      readonly at: Micros;
    }
  | {
      readonly tag: "contact";
      readonly status: "live" | "lost";
      readonly at: Micros;
      readonly reason: string | null;
    }
  | { readonly tag: "gap"; readonly from: Micros; readonly to: Micros; readonly reason: string }
  /** Everything up to here was seen, and by the order of entries it is also written. */
  | { readonly tag: "observed"; readonly until: Micros };

/** The host that an entry is about and the lease it is written under. */
export interface Leased {
  readonly host: string;
  readonly epoch: number;
  readonly entry: Entry;
}
