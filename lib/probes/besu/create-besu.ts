import type { BesuConfig } from "../../config/fleet";
import type { Besu, BesuParts } from "./besu-parts";
import { createBesuProbe } from "./besu-probe";
import { besuRules } from "./rules/besu-rules";

/**
 * What asks a Besu node, and what its answers mean. The log is wanted of validators, of whose rounds nothing
 * else speaks, and of nodes that cannot be asked. The exchanges are the probe's own: closed with it.
 */
export function createBesu(config: BesuConfig, parts: BesuParts): Besu {
  const { auth: _secret, ...settings } = config;
  return {
    probe: createBesuProbe(config, parts),
    rules: besuRules(settings),
    readsLog: config.validator || config.rpc === null,
  };
}
