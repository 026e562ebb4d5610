import type { Node } from "../wire/application";

/** Whether the chain counts a node among its validators; null: it was not heard. */
export function chainsWord(node: Node | null | undefined): boolean | null {
  if (!node || node.validator === "unknown") return null;
  return node.validator === "yes";
}
