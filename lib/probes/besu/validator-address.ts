import { keccak_256 } from "@noble/hashes/sha3.js";

/**
 * The address that a node has as a validator: the last 20 bytes of the Keccak-256 of its public key.
 * @param node its node id, 128 hexadecimal digits with or without 0x, or its enode URL; null: neither.
 */
export function validatorAddress(node: string): string | null {
  const id = /^(?:enode:\/\/|0x)?([\da-f]{128})(?:@.*)?$/i.exec(node.trim())?.[1];
  if (id === undefined) return null;
  return `0x${Buffer.from(keccak_256(Buffer.from(id, "hex")))
    .toString("hex")
    .slice(-40)}`;
}
