import type { BesuConfig } from "../../../config/fleet";

/** A node's configuration with what signalbox.yaml leaves out. */
export function besuConfig(said: Partial<BesuConfig> = {}): BesuConfig {
  return {
    from: "here",
    everyMs: 5000,
    timeoutMs: 10_000,
    failures: 3,
    rpc: null,
    metrics: null,
    auth: null,
    validator: false,
    address: null,
    minPeers: 1,
    maxBehind: 2,
    maxHeadAgeMs: null,
    observers: [],
    ...said,
  };
}
