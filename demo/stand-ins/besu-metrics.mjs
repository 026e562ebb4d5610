/**
 * What Besu's second port serves, by the names that it uses there.
 * @param {import("./scripted-chain.mjs").Chain} chain
 */
export function besuMetrics(chain) {
  const head = chain.head();
  const timestamp = chain.at(head)?.timestamp ?? 0;
  return [
    gauge("ethereum_blockchain_height", "The current height of the canonical chain", head),
    gauge("ethereum_best_known_block_number", "The estimated highest block available", chain.best()),
    gauge("ethereum_peer_count", "The current number of peers connected", chain.peers().length),
    gauge("ethereum_peer_limit", "The maximum number of peers this node allows to connect", 25),
    gauge(
      "besu_synchronizer_in_sync",
      "Whether or not the local node has caught up to the best known peer",
      chain.syncing() === null ? 1 : 0,
    ),
    gauge("besu_blockchain_chain_head_timestamp", "Timestamp from the current chain head", timestamp),
    gauge("besu_blockchain_chain_head_gas_used", "Gas used by the current chain head block", 0),
    gauge(
      "besu_blockchain_chain_head_transaction_count",
      "Number of transactions in the current chain head block",
      0,
    ),
  ].join("");
}

/** @param {string} name @param {string} help @param {number} value */
function gauge(name, help, value) {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value.toFixed(1)}\n`;
}
