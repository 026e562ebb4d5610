import type { Node } from "../wire/application";

/** Whether the chain counts a node among its validators; null: whoever knows the set was not heard. */
export function chainsWord(node: Node | null | undefined): boolean | null {
  if (!node || node.validator === "unknown") return null;
  if (node.validator === "yes") return true;
  return node.validators === null ? null : false;
}
