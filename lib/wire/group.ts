import { z } from "zod";

/** The shapes of groups in version 1 of the HTTP API. */

export const quorumWords = ["safe", "at-risk", "stopped", "unknown"] as const;
export type QuorumWord = (typeof quorumWords)[number];

/** How a chain of validators stands: what BFT needs, and how many there are. */
export const quorumSchema = z.object({
  word: z.enum(quorumWords),
  /** One sentence: "4 of 5 validators take part, 4 are needed: none may fail any more." */
  detail: z.string(),
  /** How many validators the chain has. */
  n: z.number().int(),
  /** How many of them may fail at all: (n − 1) / 3, rounded down. */
  tolerated: z.number().int(),
  /** How many have to take part: 2 n / 3, rounded up. */
  needed: z.number().int(),
  participating: z.number().int(),
  /** Of how many it is not known. */
  unknown: z.number().int(),
  /** How many more may fail; negative: so many are missing. */
  mayFail: z.number().int(),
  /** Who does not take part, and of whom it is not known. */
  missing: z.array(z.string()),
  unsure: z.array(z.string()),
});
export type Quorum = z.infer<typeof quorumSchema>;

/** Where the chain stands, as the group's nodes say; null: none of them says. */
export const chainSchema = z.object({
  height: z.number().int(),
  headAt: z.string().meta({ format: "date-time" }).nullable(),
  /** Between the highest and the lowest head of the nodes that say theirs. */
  spread: z.number().int(),
});
export type Chain = z.infer<typeof chainSchema>;

export const groupSchema = z.object({
  name: z.string(),
  members: z.array(z.string()),
  running: z.number().int(),
  /** How many have to run, by the configuration; null: nothing is said. */
  keepRunning: z.number().int().nullable(),
  /** Null: none of them is a validator. */
  quorum: quorumSchema.nullable(),
  chain: chainSchema.nullable(),
});
export type Group = z.infer<typeof groupSchema>;
