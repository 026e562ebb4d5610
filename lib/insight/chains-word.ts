import type { Node } from "../wire/application";

/**
 * Whether the chain counts a node among its validators; null: it was not heard. A no is the chain's own
 * only from whoever knows the set; otherwise it is what the configuration says (`Node.validator`).
 */
export function chainsWord(node: Node | null | undefined): boolean | null {
  if (!node || node.validator === "unknown") return null;
  if (node.validator === "yes") return true;
  return node.validators === null ? null : false;
}

/** Whether it was seen to take part: a no that only follows from not counting it is none. */
export function seenPart(node: Node | null | undefined): Node["participates"] {
  if (!node) return "unknown";
  const isFollowed = node.validator === "no" && node.validators === null && node.participates === "no";
  return isFollowed ? "unknown" : node.participates;
}
