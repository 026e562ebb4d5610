import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from "yaml";
import type { Problem } from "./issue";
import { quote } from "./issue";
import type { Located, LocatedEntry, LocatedMap } from "./located";

/** How many values all aliases of a file may add to it: a file cannot unfold without end. */
const mostFromAliases = 100_000;

/**
 * Turns a composed YAML document into located values: aliases and merge keys are resolved, equal
 * keys of one map are told with both lines. The values are of use only if no problem is told.
 */
export function locate(
  contents: Node,
  lineAt: (offset: number) => number,
): { root: Located; problems: Problem[] } {
  const problems: Problem[] = [];
  const anchors = new Map<string, Located>();
  let fromAliases = 0;

  /** Notes a problem; the empty map that stands in for the value raises no further one. */
  function tell(at: number, message: string): Located {
    problems.push({ at, path: [], message });
    return { tag: "map", at, entries: [], size: 1 };
  }

  function visit(node: Node): Located {
    const at = node.range?.[0] ?? 0;
    if (isAlias(node)) return aliased(node.source, at);
    const located = isMap(node) ? mapOf(node, at) : isSeq(node) ? listOf(node.items, at) : scalarOf(node, at);
    // Set after its own values were read: an alias inside its own anchor finds nothing.
    if (!isAlias(node) && "anchor" in node && node.anchor) anchors.set(node.anchor, located);
    return located;
  }

  function aliased(name: string, at: number): Located {
    const target = anchors.get(name);
    if (target === undefined) return tell(at, `no anchor \`&${name}\` stands before this alias`);
    const before = fromAliases;
    fromAliases += target.size;
    if (fromAliases <= mostFromAliases) return target;
    const message = `aliases unfold to more than ${mostFromAliases} values; write them out`;
    return before <= mostFromAliases ? tell(at, message) : { tag: "map", at, entries: [], size: 1 };
  }

  function listOf(items: readonly unknown[], at: number): Located {
    const located = items.map((item) => visit(item as Node));
    return { tag: "list", at, items: located, size: total(located) };
  }

  function mapOf(map: YAMLMap, at: number): LocatedMap {
    const own = new Map<string, LocatedEntry>();
    const merged: Located[] = [];
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const keyAt = pair.key.range?.[0] ?? at;
      const key = String((pair.key as Scalar).value);
      const value =
        pair.value === null
          ? ({ tag: "scalar", at: keyAt, size: 1, value: null } as const)
          : visit(pair.value);
      const first = own.get(key);
      if (key === "<<" && (pair.key as Scalar).type === "PLAIN") merged.push(value);
      else if (key === "__proto__") tell(keyAt, `the key ${quote(key)} cannot be used`);
      else if (first !== undefined) {
        const lines = `line ${lineAt(first.at)} and on line ${lineAt(keyAt)}`;
        tell(keyAt, `the key ${quote(key)} stands twice in one map, on ${lines}; each key may stand once`);
      } else own.set(key, { key, at: keyAt, value });
    }
    for (const source of merged.flatMap((value) => (value.tag === "list" ? value.items : [value]))) {
      if (source.tag !== "map") tell(source.at, "`<<` takes a map, or a list of maps");
      else for (const entry of source.entries) if (!own.has(entry.key)) own.set(entry.key, entry);
    }
    const entries = [...own.values()];
    return { tag: "map", at, entries, size: total(entries.map((entry) => entry.value)) };
  }

  return { root: visit(contents), problems };
}

function scalarOf(node: Node, at: number): Located {
  if (!isScalar(node)) return { tag: "scalar", at, size: 1, value: null };
  const { value, source } = node;
  if (typeof value === "number" || typeof value === "boolean") {
    // `0755`, `1.50` and `True` are kept as they were written: as an argument they mean just that.
    return {
      tag: "scalar",
      at,
      size: 1,
      value: source === undefined || source === String(value) ? value : source,
    };
  }
  return { tag: "scalar", at, size: 1, value: value === null || value === undefined ? null : String(value) };
}

function total(values: readonly Located[]): number {
  return values.reduce((sum, value) => sum + value.size, 1);
}
