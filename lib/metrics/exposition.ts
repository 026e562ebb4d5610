import { setImmediate } from "node:timers/promises";
import { type Metric, Registry } from "prom-client";
import type { Family } from "./family";

export const formats = ["text/plain", "application/openmetrics-text"] as const;
export type Format = (typeof formats)[number];

const contentTypes = {
  "text/plain": Registry.PROMETHEUS_CONTENT_TYPE,
  "application/openmetrics-text": Registry.OPENMETRICS_CONTENT_TYPE,
} as const;
const lastLine = "# EOF\n";

/** The families as Prometheus reads them; escaping is prom-client's. */
export async function writeFamilies(
  families: readonly Family[],
  format: Format,
): Promise<{ readonly type: string; readonly text: string }> {
  const type = contentTypes[format];
  const texts: string[] = [];
  for (const family of families) {
    const registry = new Registry<typeof type>();
    registry.setContentType(type);
    registry.registerMetric(asMetric(family));
    const text = await registry.metrics();
    texts.push(text.endsWith(lastLine) ? text.slice(0, -lastLine.length) : text);
    // A large fleet takes a while: whoever else this process serves gets a turn in between.
    await setImmediate();
  }
  return { type, text: texts.join("") + (format === "text/plain" ? "" : lastLine) };
}

/**
 * A registry asks its metrics for nothing but this. A copy, for OpenMetrics takes `_total` off its name;
 * and not `AggregatorRegistry.aggregate`, whose counters end in `_total_total` then (prom-client 15.1.3).
 */
function asMetric(family: Family): Metric {
  const metric = { ...family, get: () => metric };
  return metric as unknown as Metric;
}
