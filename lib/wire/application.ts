import { z } from "zod";

/** What an application says of itself, beside what its process says: the shapes of version 1 of the HTTP API. */

const instantSchema = z.string().meta({ format: "date-time" });
const verdictSchema = z.enum(["yes", "no", "unknown"]);

/** One thing that is verified while the service runs, and what was found just now. */
export const checkSchema = z.object({
  /** In the specification's words where it names the check. */
  what: z.string(),
  result: verdictSchema,
  /** One sentence: what was seen, or why it is not known. */
  detail: z.string(),
});
export type Check = z.infer<typeof checkSchema>;

export const syncReasons = ["behind", "no-peers", "old-head", "unknown"] as const;
export type SyncReason = (typeof syncReasons)[number];

/** Why a node counts as not in sync, and how far it is. */
export const syncSchema = z.object({
  reason: z.enum(syncReasons),
  /** "behind 12,340 blocks, 41 blocks/s, about 5 min left" */
  detail: z.string(),
  /** From 0 to 1, of the way from where the sync began to the highest block known. */
  share: z.number().nullable(),
  behind: z.number().int().nullable(),
  perSecond: z.number().nullable(),
  leftMs: z.number().int().nullable(),
  /** When its head last moved; null: not since it is watched. */
  progressAt: instantSchema.nullable(),
});
export type Sync = z.infer<typeof syncSchema>;

/** What a Besu node says, or what others and its log say of it. Null: not known. */
export const nodeSchema = z.object({
  height: z.number().int().nullable(),
  /** The instant in its newest block. */
  headAt: instantSchema.nullable(),
  peers: z.number().int().nullable(),
  minPeers: z.number().int(),
  version: z.string().nullable(),
  chainId: z.number().int().nullable(),
  /** 0x and 40 hexadecimal digits, lower case. */
  address: z.string().nullable(),
  /** Whether its address is in the validator set, or the configuration says so where nobody can be asked. */
  validator: verdictSchema,
  /** Whether it has proposed within the blocks in which it should have. */
  participates: verdictSchema,
  participation: z.string(),
  lastProposed: z.number().int().nullable(),
  /** How many validators the chain has. */
  validators: z.number().int().nullable(),
  /** The round of consensus, where its log speaks of one that is not the first. */
  round: z
    .object({ number: z.number().int(), expiresAt: instantSchema.nullable(), since: instantSchema })
    .nullable(),
});
export type Node = z.infer<typeof nodeSchema>;

export const tunnelSchema = z.object({
  /** Each connection with the edge, as far as it is known where it leads. */
  connections: z.array(
    z.object({ index: z.number().int(), location: z.string().nullable(), edge: z.string().nullable() }),
  ),
  have: z.number().int(),
  want: z.number().int(),
  protocol: z.string().nullable(),
  version: z.string().nullable(),
  connectorId: z.string().nullable(),
});
export type Tunnel = z.infer<typeof tunnelSchema>;

/** What the application says. */
export const applicationSchema = z.object({
  /** One sentence. */
  says: z.string(),
  /** What is asked, without anything secret; null where only its log and other nodes speak. */
  asked: z.string().nullable(),
  from: z.enum(["here", "host"]),
  checks: z.array(checkSchema),
  sync: syncSchema.nullable(),
  node: nodeSchema.nullable(),
  tunnel: tunnelSchema.nullable(),
  /** What is not wrong yet: a certificate that ends soon. */
  warning: z.string().nullable(),
  /** The process is well and the application is not, in one sentence; null: they agree. */
  disagreement: z.object({ since: instantSchema, what: z.string() }).nullable(),
});
export type Application = z.infer<typeof applicationSchema>;
