import type { Micros } from "../../machine/types";
import type { Report } from "../contract";
import type { HostClock } from "./host-clock";
import type { Recovered } from "./read-back";
import type { Session } from "./session";
import type { Seen, UnitProperties } from "./unit-facts";
import type { UnitWatch, WatchedUnit } from "./unit-watch";

export type Phase = "starting" | "running" | "stopping";

/** What history says of a service where the contact begins. */
export interface Standing {
  readonly state: string | null;
  readonly since: Micros | null;
  /** The keys of its newest moves. */
  readonly keys: ReadonlySet<string>;
}

/** A unit as it was at one moment of the host's clock. */
export interface Snapshot {
  readonly watched: WatchedUnit;
  readonly properties: UnitProperties;
  readonly at: Micros;
  /** The same moment by our own clocks. */
  readonly seen: Seen;
}

export interface ContactParts {
  readonly session: Session;
  readonly report: (report: Report) => void;
  readonly standing: (service: string) => Standing;
  /** One for each unit, that remembers over contacts. */
  readonly watchOf: (watched: WatchedUnit) => UnitWatch;
  readonly clock: HostClock;
  /** What the journal tells of these units until their snapshots. */
  readonly readBack: (snapshots: readonly Snapshot[], clockOffsetUs: Micros | null) => Promise<Recovered>;
  readonly warn: (message: string) => void;
}
