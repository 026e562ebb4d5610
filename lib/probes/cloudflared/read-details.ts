import { ExchangeError, type HttpAnswer } from "../exchange";
import type { EdgeConnection, TunnelDetails } from "./answer";
import { type DiagnosticsTold, readTunnelDiagnostics, readWantedConnections } from "./read-diagnostics";
import { type MetricsTold, readMetrics } from "./read-metrics";

/** Histograms and counters of every origin: some 20 kB in practice. */
const mostMetricsBytes = 4_194_304;

interface DetailsWish {
  /** What this run of cloudflared told before; null: nothing. */
  readonly before: TunnelDetails | null;
  /** How many connections are registered now. */
  readonly ready: number;
  /** The number has changed since `before`. */
  readonly hasChanged: boolean;
  readonly signal: AbortSignal;
}

type Get = (path: string, mostBytes?: number) => Promise<HttpAnswer>;

/**
 * What a tunnel tells beside its readiness: /metrics each time; /diag/tunnel only when the number of
 * connections has changed and /diag/configuration once a run, because cloudflared writes two lines
 * into its own log for each. One after the other, so that one connection carries them all.
 */
export async function readDetails(
  get: Get,
  { before, ready, hasChanged, signal }: DetailsWish,
): Promise<TunnelDetails> {
  const metrics = await tryToRead(() => get("metrics", mostMetricsBytes), readMetrics, signal);
  const diagnostics = hasChanged
    ? await tryToRead(() => get("diag/tunnel"), readTunnelDiagnostics, signal)
    : null;
  const want =
    before === null
      ? await tryToRead(() => get("diag/configuration"), readWantedConnections, signal)
      : before.want;
  const isAsBefore = !hasChanged && before !== null;
  return {
    connections: isAsBefore ? before.connections : connectionsOf(metrics, diagnostics, ready),
    protocol: diagnostics?.protocol ?? (isAsBefore ? before.protocol : null),
    version: metrics?.version ?? before?.version ?? null,
    want,
    requests: metrics?.requests ?? null,
  };
}

/** The metrics keep the locations of lost connections too: they tell nothing where the numbers differ. */
function connectionsOf(
  metrics: MetricsTold | null,
  diagnostics: DiagnosticsTold | null,
  ready: number,
): readonly EdgeConnection[] {
  const locations = metrics?.locations ?? new Map<number, string>();
  const edges = diagnostics?.edges ?? (locations.size === ready ? locations : new Map<number, string>());
  return [...edges.keys()]
    .toSorted((one, other) => one - other)
    .map((index) => ({
      index,
      location: locations.get(index) || null,
      edge: diagnostics?.edges.get(index) ?? null,
    }));
}

async function tryToRead<Told>(
  ask: () => Promise<HttpAnswer>,
  read: (body: string) => Told | null,
  signal: AbortSignal,
): Promise<Told | null> {
  try {
    const { status, body } = await ask();
    return status === 200 ? read(body) : null;
  } catch (error) {
    signal.throwIfAborted();
    // The readiness is the answer; what only says more may be missing.
    if (error instanceof ExchangeError) return null;
    throw error;
  }
}
