import { z } from "zod";
import { ExchangeError } from "../exchange-error";
import { known, type Said, unknown } from "./besu-answer";
import { address, quantity } from "./quantity";
import type { RpcResult } from "./rpc-client";
import { errorInWords, short } from "./rpc-faults";

/** What a good answer of a method looks like, as far as it is used, and how to call it in words. */
export interface Expected<Value> {
  readonly method: string;
  readonly schema: z.ZodType<Value>;
  readonly what: string;
}

const aQuantity = "a hexadecimal number";

export const syncing = {
  method: "eth_syncing",
  what: "false or how far a sync is",
  schema: z.union([
    z.literal(false).transform(() => null),
    z
      .object({ startingBlock: quantity, currentBlock: quantity, highestBlock: quantity })
      .transform((said) => ({
        starting: said.startingBlock,
        current: said.currentBlock,
        highest: said.highestBlock,
      })),
  ]),
} satisfies Expected<unknown>;

export const blockNumber = { method: "eth_blockNumber", what: aQuantity, schema: quantity };

export const block = {
  method: "eth_getBlockByNumber",
  what: "a block",
  schema: z
    .object({ number: quantity, timestamp: quantity })
    .transform(({ number, timestamp }) => ({ height: number, at: timestamp * 1_000_000 }))
    .nullable(),
} satisfies Expected<unknown>;

export const peerCount = { method: "net_peerCount", what: aQuantity, schema: quantity };

export const peerList = {
  method: "admin_peers",
  what: "a list of peers",
  schema: z.array(z.object({})).transform((peers) => peers.length),
} satisfies Expected<unknown>;

export const clientVersion = { method: "web3_clientVersion", what: "a text", schema: z.string().max(300) };
export const chainId = { method: "eth_chainId", what: aQuantity, schema: quantity };

export const nodeInfo = {
  method: "admin_nodeInfo",
  what: "what a node says of itself",
  schema: z.object({ id: z.string().optional(), enode: z.string().optional(), name: z.string().optional() }),
};

/** QBFT and IBFT 2.0 have the same methods by other names. */
export const consensuses = ["qbft", "ibft"] as const;
export type Consensus = (typeof consensuses)[number];

export const validatorsOf = (consensus: Consensus) => ({
  method: `${consensus}_getValidatorsByBlockNumber`,
  what: "a list of addresses",
  schema: z.array(address),
});

export const signersOf = (consensus: Consensus) =>
  ({
    method: `${consensus}_getSignerMetrics`,
    what: "a list of who proposed blocks",
    schema: z.array(
      z
        .object({ address, lastProposedBlockNumber: quantity })
        // Who has proposed none of the blocks asked for has 0 there, and nobody proposes block 0.
        .transform((said) => ({ address: said.address, last: said.lastProposedBlockNumber || null })),
    ),
  }) satisfies Expected<unknown>;

/** @throws ExchangeError for a result that is none: whoever answers so is not to be believed in the rest. */
export function readResult<Value>(expected: Expected<Value>, result: RpcResult): Said<Value> {
  const said = readAside(expected, result);
  if (said.tag === "unknown" && result.tag === "result") throw new ExchangeError("nonsense", said.why);
  return said;
}

/** The same of what is not needed to judge the node itself: nonsense is not known. */
export function readAside<Value>({ method, schema, what }: Expected<Value>, result: RpcResult): Said<Value> {
  if (result.tag === "error") return errorInWords(method, result.error);
  const parsed = schema.safeParse(result.value);
  if (parsed.success) return known(parsed.data);
  const said = short(JSON.stringify(result.value) ?? "nothing", 60);
  return unknown(`${method} answered ${said}, which is not ${what}`);
}
