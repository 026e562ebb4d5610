/** How Signalbox itself does, as `GET /api/v1/health` tells it. Instants are RFC 3339 in UTC. */
export interface Health {
  readonly at: string;
  readonly database: {
    readonly version: string;
    /** How long it took to answer all that is asked here. */
    readonly answeredInMs: number;
    readonly bytes: number;
    readonly historyBytes: number;
    readonly transitions: number;
    /** Too many to count: PostgreSQL's own estimate. */
    readonly transitionsEstimated: boolean;
  };
  /** The one that was heard last first. */
  readonly engines: readonly EngineReport[];
  /** When some engine last said that it sees its host. */
  readonly observedUntil: string | null;
  /** The web process that answered. */
  readonly web: {
    readonly build: string;
    readonly startedAt: string;
    readonly memoryBytes: number;
    readonly feedPosition: string;
    readonly subscribers: number;
    /** Newest events that are kept for streams that connect again. */
    readonly feedBytes: number;
  };
  readonly configErrors: readonly string[];
}

export interface EngineReport {
  readonly id: string;
  readonly build: string;
  readonly startedAt: string;
  readonly heardAt: string;
  readonly memoryBytes: number;
  /** What it saw and has not yet written. */
  readonly waiting: number;
}
