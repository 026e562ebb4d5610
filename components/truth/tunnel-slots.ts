import type { Tunnel } from "@/lib/wire/application";

/** One place for a connection. */
export type TunnelSlot =
  | {
      readonly tag: "connected";
      readonly index: number;
      /** Null: not known. */
      readonly location: string | null;
      readonly edge: string | null;
    }
  | { readonly tag: "free"; readonly index: number };

/**
 * The places of a tunnel's connections, as many as are wanted and never fewer than there are. Of a
 * connection that is only counted it is not known which place it has: it takes the first that is free.
 */
export function slotsOf({ connections, have, want }: Tunnel): readonly TunnelSlot[] {
  const known = new Map(connections.map((connection) => [connection.index, connection]));
  const last = Math.max(-1, ...known.keys());
  const count = Math.max(want, have, last + 1);
  let counted = have - known.size;
  return Array.from({ length: count }, (_, index): TunnelSlot => {
    const connection = known.get(index);
    if (connection !== undefined) return { tag: "connected", ...connection };
    counted -= 1;
    return counted < 0 ? { tag: "free", index } : { tag: "connected", index, location: null, edge: null };
  });
}
