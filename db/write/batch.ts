import type { Cause, Move } from "../../lib/machine/observation";
import type { Micros } from "../../lib/machine/types";
import type { HostFacts, ServiceDetail } from "../../lib/platforms/contract";
import type { Told } from "../../lib/probes/contract";
import type { Severity } from "../../lib/wire/alert";
import type { CommandRow } from "../../lib/wire/command-view";
import type { Command } from "../../lib/wire/service";
import type { ThrashMark } from "../schema";

/** A move as history keeps it: beside it how long the state before lasted. */
export interface RecordedMove {
  readonly move: Move;
  /** Null on a service's first row. Gaps are left out of it and told in `gapUs`. */
  readonly inFromUs: Micros | null;
  readonly gapUs: Micros;
  readonly commandId: string | null;
}

export type AlertNews =
  | {
      readonly tag: "fired";
      readonly rule: string;
      readonly severity: Severity;
      readonly since: Micros;
      readonly summary: string;
      readonly why: string;
      readonly todo: string;
      /** It was silenced from the first moment. */
      readonly silenced: SilenceWords | null;
    }
  | { readonly tag: "resolved"; readonly because: string }
  | ({ readonly tag: "silenced" } & SilenceWords)
  | ({ readonly tag: "unsilenced" } & SilenceWords);

/** Whose silence it is, or who ended it, and why. */
export interface SilenceWords {
  readonly actor: string | null;
  readonly note: string | null;
}

/** One thing the engine has to write. Entries are written in the order in which they were handed over. */
export type Entry =
  | {
      readonly tag: "moves";
      readonly serviceId: number;
      readonly moves: readonly RecordedMove[];
      /** They are long over: nobody is told of each of them. */
      readonly over?: boolean;
    }
  | {
      readonly tag: "glimpse";
      readonly serviceId: number;
      readonly state: string;
      readonly since: Micros | null;
    }
  /** The host's services are as their history says again. */
  | { readonly tag: "glimpses-over" }
  | { readonly tag: "facts"; readonly facts: HostFacts }
  | { readonly tag: "detail"; readonly serviceId: number; readonly detail: ServiceDetail }
  /** What it says of itself; null: nothing of it runs. */
  | { readonly tag: "application"; readonly serviceId: number; readonly told: Told | null }
  | { readonly tag: "wanted"; readonly serviceId: number; readonly wanted: boolean }
  | {
      readonly tag: "command";
      readonly serviceId: number;
      readonly row: CommandRow;
      readonly view: Command;
    }
  /** What became of an alert; those of one alert are written in the order in which they are handed over. */
  | {
      readonly tag: "alert";
      readonly alertId: string;
      /** Null: it is about the host, or the group, as a whole. */
      readonly serviceId: number | null;
      /** The group that it is about as a whole. */
      readonly group: string | null;
      readonly at: Micros;
      readonly news: AlertNews;
    }
  /** Whether the service thrashes; null: it does not. */
  | { readonly tag: "thrash"; readonly serviceId: number; readonly mark: ThrashMark | null }
  | {
      readonly tag: "attribution";
      readonly serviceId: number;
      readonly sourceKey: string;
      readonly cause: Cause;
      readonly at: Micros;
    }
  | {
      readonly tag: "contact";
      readonly status: "live" | "lost" | "never";
      readonly at: Micros;
      readonly reason: string | null;
    }
  | {
      readonly tag: "gap";
      readonly from: Micros;
      readonly to: Micros;
      readonly reason: string;
      readonly recovered: boolean;
    }
  /** The host is seen; and up to `historyUntil` (null: unchanged) everything is written as well. */
  | { readonly tag: "observed"; readonly until: Micros; readonly historyUntil: Micros | null };

/** The host that an entry is about and the lease it is written under. */
export interface Leased {
  readonly host: string;
  readonly epoch: number;
  readonly entry: Entry;
}

/** An entry of one tag with the host that it is about. */
export type Tagged<T extends Entry["tag"]> = {
  readonly host: string;
  readonly entry: Extract<Entry, { tag: T }>;
};

/** What the feed is told of what was written. */
export interface FeedRow {
  readonly kind: string;
  readonly service_id?: number;
  readonly transition_id?: number;
  readonly revision?: number;
  readonly payload?: unknown;
}
