import { z } from "zod";

/**
 * What asking a Besu node once comes to: plain JSON, so that it is kept as evidence and replayed. Heights
 * are whole numbers, instants are microseconds since 1970, addresses are 0x and 40 lower-case digits.
 */

/** What was said, or why it is not known, with the option that mends it where one does. */
const saidOf = <Value extends z.ZodType>(value: Value) =>
  z.discriminatedUnion("tag", [
    z.object({ tag: z.literal("known"), value }),
    z.object({ tag: z.literal("unknown"), why: z.string(), mend: z.string().nullable() }),
  ]);

const height = z.number().int().nonnegative();

const headSchema = z.object({
  height,
  /** The instant in the block itself; null: only its height was said. */
  at: z.number().int().nullable(),
});
export type Head = z.infer<typeof headSchema>;

const progressSchema = z.object({ starting: height, current: height, highest: height });

const chainSchema = z.object({
  /** The validator set. */
  validators: z.array(z.string()),
  /** Who proposed which block last, of the last blocks; null: none of them. */
  proposed: saidOf(z.array(z.object({ address: z.string(), last: height.nullable() }))),
  /** The head of whoever said this. */
  head: headSchema,
  /** The service that was asked; null: the node itself. */
  by: z.string().nullable(),
});
export type ChainSaid = z.infer<typeof chainSchema>;

export const besuAnswerSchema = z.object({
  /** Null: no sync is in progress, which is not yet "in sync". */
  syncing: saidOf(progressSchema.nullable()),
  head: saidOf(headSchema),
  peers: saidOf(z.number().int().nonnegative()),
  /** Why it can have none, where it says so. */
  noPeersBecause: z.object({ why: z.string(), mend: z.string().nullable() }).nullable(),
  /** The highest block that its peers tell of, by its metrics. */
  best: height.nullable(),
  /** Its own word at /readiness, for as many peers and blocks behind as the configuration says. */
  ready: saidOf(z.boolean()),
  /** Whether its /liveness says that it is up; not asked for where /readiness answers. */
  live: saidOf(z.boolean()),
  /** Some blocks before the head, where they were asked for: they show how often the chain makes one. */
  earlier: z.array(headSchema),
  version: z.string().nullable(),
  chainId: z.number().int().nullable(),
  /** Its address as a validator; null: not known. */
  address: z.string().nullable(),
  /** What is known of the validators, from itself or from an observer. */
  chain: saidOf(chainSchema),
});
export type BesuAnswer = z.infer<typeof besuAnswerSchema>;

export type Said<Value> =
  | { readonly tag: "known"; readonly value: Value }
  | { readonly tag: "unknown"; readonly why: string; readonly mend: string | null };

export function known<Value>(value: Value): Said<Value> {
  return { tag: "known", value };
}

export function unknown(why: string, mend: string | null = null): Said<never> {
  return { tag: "unknown", why, mend };
}
