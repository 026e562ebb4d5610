import { fixture } from "./fixture";
import type { BesuServer } from "./serve-besu";

type Methods = BesuServer["methods"];

/** What the fixtures say a method answers. */
export function said(name: string): { result: unknown } | { error: { code: number; message: string } } {
  const { response } = fixture(name);
  if (response?.error !== undefined) return { error: response.error };
  return { result: response?.result };
}

/** A node in sync, put together from the fixtures. */
export function healthyMethods(): Methods {
  return {
    eth_syncing: said("derived/eth_syncing.false"),
    eth_blockNumber: said("rpc/eth_blockNumber"),
    eth_getBlockByNumber: said("rpc/eth_getBlockByNumber"),
    net_peerCount: said("rpc/net_peerCount"),
    web3_clientVersion: said("rpc/web3_clientVersion"),
    eth_chainId: said("rpc/eth_chainId"),
    admin_nodeInfo: said("rpc/admin_nodeInfo"),
  };
}

export function healthyPaths(): BesuServer["paths"] {
  const up = fixture("derived/http.readiness.up");
  return { "/readiness": { status: 200, body: up.body ?? "" } };
}
