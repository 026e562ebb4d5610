import type { CST } from "yaml";

/**
 * The offset of the first value nested deeper than `limit`, or null. Asked before composing,
 * because the composer recurses: ten thousand brackets would end the process, not throw.
 */
export function offsetTooDeep(tokens: readonly CST.Token[], limit: number): number | null {
  let level: CST.Token[] = [...tokens];
  for (let depth = 0; level.length > 0; depth++) {
    const first = level[0];
    // Depth 0 is the document itself.
    if (depth > limit + 1 && first !== undefined) return first.offset;
    level = level.flatMap(inside);
  }
  return null;
}

function inside(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (token.type !== "block-map" && token.type !== "block-seq" && token.type !== "flow-collection") return [];
  return token.items.flatMap((item) => [item.key, item.value].filter((part) => part != null));
}
