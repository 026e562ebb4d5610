import { samplesOf } from "../prometheus-samples";

/** What is used of cloudflared's /metrics. */
export interface MetricsTold {
  readonly version: string | null;
  /** Where each connection leads, or last led: a lost connection keeps its location here. */
  readonly locations: ReadonlyMap<number, string>;
  readonly requests: number | null;
}

// Never cloudflared_tunnel_ha_connections: it counts attempts, and stays at 4 through an outage.
const wanted: ReadonlySet<string> = new Set([
  "build_info",
  "cloudflared_tunnel_server_locations",
  "cloudflared_tunnel_total_requests",
]);

/** Reads /metrics; null for a text that holds nothing of cloudflared's. */
export function readMetrics(text: string): MetricsTold | null {
  let version: string | null = null;
  let requests: number | null = null;
  const locations = new Map<number, string>();
  for (const { name, labels, value } of samplesOf(text, wanted)) {
    if (name === "build_info") version = labels.version?.slice(0, 100) || version;
    else if (name === "cloudflared_tunnel_total_requests") requests = Number.isFinite(value) ? value : null;
    // 1 is where it leads, 0 where it led before.
    else if (value === 1 && /^\d{1,3}$/.test(labels.connection_id ?? ""))
      locations.set(Number(labels.connection_id), (labels.edge_location ?? "").slice(0, 100));
  }
  return version === null && requests === null && locations.size === 0
    ? null
    : { version, locations, requests };
}
