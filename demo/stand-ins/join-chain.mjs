import { JoinedChain } from "./joined-chain.mjs";

/**
 * @typedef {object} JoinOptions
 * @property {number} identity 1 to 5: it takes part in consensus; 6, 7: it only follows.
 * @property {number} port at which it speaks with the others
 * @property {readonly number[]} peers their ports; its own may be among them.
 * @property {number} [periodMs] 2000
 * @property {number} [requestTimeoutMs] of the first round; twice the period.
 * @property {number} [readyBlocks] how many ready-made blocks a chain begins with; 12000.
 * @property {number} [syncLast] so many of the newest blocks it has to fetch when it starts; 1000.
 * @property {number} [syncPerSecond] 200
 * @property {number} [foundAfterMs] so long a validator looks for others that have the chain, before one of them founds it; 2000.
 */

/**
 * Takes part in a real chain: its nodes are processes of their own, and a block is made only when two
 * thirds of the validators agree on it. The chain lives as long as one node does that has it.
 * @param {JoinOptions} options
 * @returns {(say: (line: string) => void) => Promise<import("./scripted-chain.mjs").Chain>} for `startNode`
 */
export function joinChain(options) {
  const { periodMs = 2_000 } = options;
  const all = {
    requestTimeoutMs: 2 * periodMs,
    readyBlocks: 12_000,
    syncLast: 1_000,
    syncPerSecond: 200,
    foundAfterMs: 2_000,
    ...options,
    periodMs,
  };
  return async (say) => {
    const chain = new JoinedChain(all, say);
    await chain.open();
    return chain;
  };
}
