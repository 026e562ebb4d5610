/** One connection with the edge, as far as it is told where it leads. */
export interface EdgeConnection {
  readonly index: number;
  /** Cloudflare's word for the data centre, "fra08". */
  readonly location: string | null;
  /** The edge's address. */
  readonly edge: string | null;
}

/** What a tunnel tells beside its readiness, as it was when it was last asked for it. */
export interface TunnelDetails {
  /** Those that were registered then, by index. Empty where it did not tell which. */
  readonly connections: readonly EdgeConnection[];
  /** "quic", "http2"; null: not told, or the connections differ. */
  readonly protocol: string | null;
  readonly version: string | null;
  /** How many connections it was told to hold; null: not told, and then it is cloudflared's default. */
  readonly want: number | null;
  /** How many requests have come through it since its start; null: not told. */
  readonly requests: number | null;
}

/** What `GET /ready` answers (cloudflared's metrics/readiness.go), with what else it told by then. */
export interface TunnelAnswer {
  /** 200: at least one connection with the edge is registered. 503: none is. */
  readonly status: 200 | 503;
  /** How many are registered. */
  readonly ready: number;
  /** Names this run of cloudflared; null in versions that do not tell it. */
  readonly connectorId: string | null;
  /** Null: nothing else was told yet. */
  readonly details: TunnelDetails | null;
}
