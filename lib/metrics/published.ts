import type { Registry } from "prom-client";
import { z } from "zod";
import { catalogue, type MetricName } from "./catalogue";
import { type Family, familyOf } from "./family";

/** What a process tells of itself, as it stands in the database: written by another build, perhaps. */
const publishedSchema = z.array(
  z.object({
    name: z.string(),
    values: z.array(
      z.object({
        labels: z.record(z.string().regex(/^[a-z_]+$/), z.union([z.string(), z.number()])),
        value: z.number(),
        metricName: z
          .string()
          .regex(/^[a-z_]+$/)
          .optional(),
      }),
    ),
  }),
);

/** A registry's present values, fit for a jsonb column. */
export async function publish(registry: Registry): Promise<z.output<typeof publishedSchema>> {
  return publishedSchema.parse(await registry.getMetricsAsJSON());
}

/**
 * The families in what `publish` gave, each sample marked with whose it is. What this build does not
 * know, or cannot read, is left out.
 */
export function publishedFamilies(
  given: unknown,
  whose: { readonly process: "web" } | { readonly process: "engine"; readonly engine: string },
): Family[] {
  const read = publishedSchema.safeParse(given);
  if (!read.success) return [];
  return read.data.flatMap(({ name, values }) =>
    isKnown(name)
      ? [
          familyOf(
            name,
            values.map((sample) => ({ ...sample, labels: { ...sample.labels, ...whose } })),
          ),
        ]
      : [],
  );
}

function isKnown(name: string): name is MetricName {
  return Object.hasOwn(catalogue, name);
}
