import { type Metric, Registry } from "prom-client";
import type { Family } from "./family";

export const formats = ["text/plain", "application/openmetrics-text"] as const;
export type Format = (typeof formats)[number];

/** The families as Prometheus reads them; escaping is prom-client's. */
export async function writeFamilies(
  families: readonly Family[],
  format: Format,
): Promise<{ readonly type: string; readonly text: string }> {
  const registry = new Registry<"application/openmetrics-text; version=1.0.0; charset=utf-8" | TextType>();
  registry.setContentType(
    format === "text/plain" ? Registry.PROMETHEUS_CONTENT_TYPE : Registry.OPENMETRICS_CONTENT_TYPE,
  );
  for (const family of families) registry.registerMetric(asMetric(family));
  return { type: registry.contentType, text: await registry.metrics() };
}

type TextType = typeof Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * A registry asks its metrics for nothing but this. A copy, for OpenMetrics takes `_total` off its name;
 * and not `AggregatorRegistry.aggregate`, whose counters end in `_total_total` then (prom-client 15.1.3).
 */
function asMetric(family: Family): Metric {
  const metric = { ...family, get: () => metric };
  return metric as unknown as Metric;
}
