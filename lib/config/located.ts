import type { PathStep } from "./issue";

/** YAML as plain values that still know the offset in the text where they stand. */
export type Located = LocatedMap | LocatedList | LocatedScalar;

export interface LocatedMap {
  readonly tag: "map";
  readonly at: number;
  readonly entries: readonly LocatedEntry[];
  /** How many values this is with every alias written out. */
  readonly size: number;
}

export interface LocatedEntry {
  readonly key: string;
  readonly at: number;
  readonly value: Located;
}

export interface LocatedList {
  readonly tag: "list";
  readonly at: number;
  readonly items: readonly Located[];
  readonly size: number;
}

export interface LocatedScalar {
  readonly tag: "scalar";
  readonly at: number;
  readonly size: 1;
  /** A number or truth value only where its text says it plainly: `0755` and `1.50` stay text. */
  readonly value: string | number | boolean | null;
}

/** The values alone, as `JSON.parse` would give them. */
export function plainValue(node: Located): unknown {
  switch (node.tag) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plainValue);
    case "map":
      return Object.fromEntries(node.entries.map((entry) => [entry.key, plainValue(entry.value)]));
  }
}

export function entryOf(node: Located | undefined, key: PropertyKey): LocatedEntry | undefined {
  return node?.tag === "map" ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The value below `node` at `path`; undefined if nothing stands there. */
export function nodeAt(node: Located | undefined, path: readonly PropertyKey[]): Located | undefined {
  return path.reduce<Located | undefined>((current, step) => {
    if (current?.tag === "list" && typeof step === "number") return current.items[step];
    return entryOf(current, step)?.value;
  }, node);
}

/** A scalar's text, also of a number or truth value; null for anything else. */
export function textOf(node: Located | undefined): string | null {
  return node?.tag === "scalar" && node.value !== null ? String(node.value) : null;
}

/** Nothing after the colon, or `~`. */
export function isEmpty(node: Located): boolean {
  return node.tag === "scalar" && node.value === null;
}

/** The value of an entry, where nothing after the colon means a map without keys. */
export function mapOrNothing(entry: LocatedEntry): Located {
  return isEmpty(entry.value) ? { tag: "map", at: entry.at, entries: [], size: 1 } : entry.value;
}

/** Steps of a path as they are shown: symbols do not occur in YAML. */
export function pathSteps(path: readonly PropertyKey[]): PathStep[] {
  return path.map((step) => (typeof step === "number" ? step : String(step)));
}
