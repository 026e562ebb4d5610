import { validatorAddresses } from "./identities.mjs";
import { hashOf } from "./ledger.mjs";

/**
 * The methods, with answers of the shape that Besu gives. Each gets the node and the parameters.
 * @typedef {{ readonly chain: import("./scripted-chain.mjs").Chain, readonly nodeId: string, readonly chainId: number, readonly version: string, readonly p2pPort: number }} Speaker
 * @typedef {(node: Speaker, params: readonly unknown[]) => unknown} Method
 */

/** An error of JSON-RPC. */
export class RpcError extends Error {
  /** @param {number} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** @param {number} number */
const hex = (number) => `0x${number.toString(16)}`;
const invalidParams = () => new RpcError(-32602, "Invalid params");

/**
 * @param {Speaker} node @param {unknown} tag
 * @returns {number} the number of a block: of a name or a hexadecimal number.
 */
function heightOf({ chain }, tag) {
  if (tag === undefined || tag === "latest" || tag === "pending") return chain.head();
  if (tag === "safe" || tag === "finalized") return chain.head();
  if (tag === "earliest") return 0;
  if (typeof tag === "string" && /^0x[\da-f]{1,13}$/i.test(tag)) return Number(tag);
  throw invalidParams();
}

/** @param {import("./ledger.mjs").BlockRecord} block @param {string} parentHash */
function blockResult(block, parentHash) {
  const hash = hashOf(block);
  return {
    number: hex(block.number),
    hash,
    mixHash: "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365",
    parentHash,
    nonce: "0x0000000000000000",
    sha3Uncles: "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
    logsBloom: `0x${"0".repeat(512)}`,
    transactionsRoot: "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421",
    stateRoot: hash,
    receiptsRoot: "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421",
    miner: block.number === 0 ? `0x${"0".repeat(40)}` : validatorAddresses[block.proposer],
    difficulty: "0x1",
    totalDifficulty: hex(block.number + 1),
    extraData: `0x${Buffer.from("stand-in").toString("hex")}`,
    size: "0x24c",
    gasLimit: "0x1fffffffffffff",
    gasUsed: "0x0",
    timestamp: hex(block.timestamp),
    uncles: [],
    transactions: [],
    baseFeePerGas: "0x7",
  };
}

/** @param {Speaker} node @param {number} height */
function blockAt({ chain }, height) {
  const block = chain.at(height);
  if (block === null) return null;
  const parent = chain.at(height - 1);
  return blockResult(block, parent === null ? `0x${"0".repeat(64)}` : hashOf(parent));
}

/** @param {Speaker} node @param {readonly unknown[]} params */
function signerMetrics(node, [from, to]) {
  const last = to === undefined ? node.chain.head() : heightOf(node, to);
  const first = from === undefined ? Math.max(0, last - 99) : heightOf(node, from);
  if (first > last) throw invalidParams();
  const counts = validatorAddresses.map((address) => ({ address, count: 0, latest: 0 }));
  for (let number = first; number <= last; number += 1) {
    const count = counts[node.chain.at(number)?.proposer ?? -1];
    if (count === undefined || number === 0) continue;
    count.count += 1;
    count.latest = number;
  }
  return counts.map(({ address, count, latest }) => ({
    address,
    proposedBlockCount: hex(count),
    lastProposedBlockNumber: hex(latest),
  }));
}

/** @param {Speaker} node */
function ethOf({ chain, chainId }) {
  const head = chain.at(chain.head());
  const genesis = chain.at(0);
  return {
    config: { chainId, berlinBlock: 0, qbft: { blockperiodseconds: 2, epochlength: 30000 } },
    difficulty: chain.head() + 1,
    genesis: genesis === null ? `0x${"0".repeat(64)}` : hashOf(genesis),
    head: head === null ? `0x${"0".repeat(64)}` : hashOf(head),
    network: chainId,
  };
}

/** @param {Speaker} node */
const enode = ({ nodeId, p2pPort }) => `enode://${nodeId}@127.0.0.1:${p2pPort}`;

/** @param {Speaker} node */
function nodeInfo(node) {
  const { nodeId, version, p2pPort } = node;
  return {
    enode: enode(node),
    listenAddr: `127.0.0.1:${p2pPort}`,
    ip: "127.0.0.1",
    name: version,
    id: nodeId,
    ports: { discovery: p2pPort, listener: p2pPort },
    protocols: { eth: ethOf(node) },
  };
}

/** @param {Speaker} node @param {import("./scripted-chain.mjs").Peer} peer */
function peerInfo(node, { nodeId, port, head }) {
  const { difficulty, ...eth } = ethOf(node);
  return {
    version: "0x5",
    name: node.version,
    caps: ["eth/68", "istanbul/100"],
    network: { localAddress: `127.0.0.1:${node.p2pPort}`, remoteAddress: `127.0.0.1:${port}` },
    port: hex(port),
    id: `0x${nodeId}`,
    protocols: { eth: { difficulty: hex(difficulty), head: eth.head, latestBlock: head, version: 68 } },
    enode: `enode://${nodeId}@127.0.0.1:${port}`,
  };
}

/** @param {Speaker} node */
function syncing({ chain }) {
  const status = chain.syncing();
  if (status === null) return false;
  const { starting, current, highest } = status;
  return { startingBlock: hex(starting), currentBlock: hex(current), highestBlock: hex(highest) };
}

/** @type {Readonly<Record<string, Method>>} */
export const methods = {
  eth_syncing: syncing,
  eth_blockNumber: ({ chain }) => hex(chain.head()),
  eth_getBlockByNumber: (node, [tag]) => blockAt(node, heightOf(node, tag)),
  eth_chainId: ({ chainId }) => hex(chainId),
  net_peerCount: ({ chain }) => hex(chain.peers().length),
  net_version: ({ chainId }) => String(chainId),
  net_listening: () => true,
  net_enode: enode,
  web3_clientVersion: ({ version }) => version,
  admin_nodeInfo: nodeInfo,
  admin_peers: (node) => node.chain.peers().map((peer) => peerInfo(node, peer)),
  qbft_getValidatorsByBlockNumber: (node, [tag]) =>
    heightOf(node, tag) > node.chain.head() ? [] : validatorAddresses,
  qbft_getSignerMetrics: signerMetrics,
  txpool_besuStatistics: () => ({ maxSize: 4096, localCount: 0, remoteCount: 0 }),
};
