import { z } from "zod";
import { toRfc3339 } from "../clock";
import type { HostFacts } from "../platforms/contract";
import { contactSchema, instantSchema } from "./service";

/** What a host's platform says of it; null: not known. */
export const hostFactsSchema = z.object({
  /** "systemd 252.39-1~deb12u1" */
  manager: z.string().nullable(),
  roundTripMs: z.number().nullable(),
  /** The host's clock minus ours. */
  clockOffsetMs: z.number().nullable(),
  watched: z.number().int(),
  /** From when on the host's own record tells its history. */
  recordFrom: instantSchema.nullable(),
  rights: z.string().nullable(),
  trouble: z.string().nullable(),
});
export type HostFactsView = z.infer<typeof hostFactsSchema>;

/** A host as `GET /api/v1/hosts` tells it. */
export const hostSchema = z.object({
  id: z.string(),
  platform: z.string(),
  contact: contactSchema,
  /** Up to when everything that happened there was seen; `null` if it was never watched. */
  observedUntil: instantSchema.nullable(),
  facts: hostFactsSchema.nullable(),
});
export type Host = z.infer<typeof hostSchema>;

export function hostFactsView({ recordFrom, ...facts }: HostFacts): HostFactsView {
  return { ...facts, recordFrom: recordFrom === null ? null : toRfc3339(recordFrom) };
}
