import type { Micros } from "../../machine/types";
import type { ApplicationRules, Asking, Probe } from "../../probes/contract";

/** Who speaks for an application, and by which rules. */
export interface ApplicationSource<Memory, Answer> {
  /** What it was made from, as a text. */
  readonly key: string;
  readonly probe: Probe<Answer>;
  readonly rules: ApplicationRules<Memory, Answer>;
  readonly asking: Asking;
  /** Its states are the application's own: the process alone does not say that it runs. */
  readonly speaks: boolean;
  /** Tells its log until `signal` aborts, over any interruption; null: its log is not read. */
  readonly followLog: FollowLog | null;
  close(): void;
}

export type FollowLog = (
  signal: AbortSignal,
  onLine: (text: string, at: Micros | null) => void,
) => Promise<void>;
