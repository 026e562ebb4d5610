import type { LinkState } from "./feed-protocol";

/** How much of the picture can be believed. Instants are milliseconds by this browser's clock. */
export type Connection =
  | { readonly tag: "live"; readonly heardAt: number }
  /** Too short to be worth a word. */
  | { readonly tag: "reconnecting"; readonly heardAt: number | null }
  | { readonly tag: "lost"; readonly since: number; readonly heardAt: number | null }
  | { readonly tag: "signed-out" };

/** A feed that is back within this time was never away. */
export const quietMs = 5_000;

/** What to say of the feed at `now`; `null` is a link not yet tried. */
export function connectionOf(link: LinkState | null, now: number): Connection {
  if (link === null) return { tag: "reconnecting", heardAt: null };
  switch (link.tag) {
    case "open":
      return { tag: "live", heardAt: link.heardAt };
    case "connecting":
      return now - link.since < quietMs
        ? { tag: "reconnecting", heardAt: link.heardAt }
        : { tag: "lost", since: link.since, heardAt: link.heardAt };
    case "signed-out":
      return { tag: "signed-out" };
  }
}
