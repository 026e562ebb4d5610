import { z } from "zod";
import type { Machine } from "../machine/types";

const texts = z.array(z.string()).readonly();
const origin = z.enum(["specified", "practical"]);

/** A machine as `GET /api/v1/services/{host}/{name}/machine` tells it. */
export const machineSchema = z.object({
  kind: z.string(),
  title: z.string(),
  initial: z.string(),
  states: z
    .array(
      z.object({
        name: z.string(),
        origin,
        description: z.string(),
        characteristics: texts,
        entry: texts,
        exit: texts,
        typicalDuration: z
          .object({ text: z.string(), minMs: z.number().int(), maxMs: z.number().int() })
          .optional(),
        verification: texts,
        recovery: texts,
      }),
    )
    .readonly(),
  transitions: z
    .array(
      z.object({
        from: z.string(),
        to: z.string(),
        event: z.string(),
        by: z.enum(["operator", "observed"]),
        origin,
        why: z.string().optional(),
        action: z.string().optional(),
        condition: z.string().optional(),
        verification: z.string().optional(),
        recovery: z.string().optional(),
      }),
    )
    .readonly(),
  /** Begins with the line `stateDiagram-v2`. */
  mermaid: z.string(),
}) satisfies z.ZodType<Machine & { readonly mermaid: string }>;
