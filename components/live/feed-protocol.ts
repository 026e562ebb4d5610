import type { LiveEvent } from "@/lib/wire/live";

/** One message of `GET /api/v1/live` as it came: not yet parsed, so that a worker only passes it on. */
export interface FeedMessage {
  readonly type: LiveEvent["type"];
  /** The feed's position after this message; empty if the server gave none. */
  readonly id: string;
  readonly data: string;
}

/** How the stream stands. Instants are milliseconds since 1970 by this browser's clock. */
export type LinkState =
  | {
      readonly tag: "open";
      readonly heardAt: number;
      /** Which build of Signalbox answers. */
      readonly build: string;
      readonly clockOffsetMs: number;
    }
  | { readonly tag: "connecting"; readonly since: number; readonly heardAt: number | null }
  | { readonly tag: "signed-out"; readonly since: number };

/** What the worker tells a tab. */
export type FromWorker =
  | { readonly tag: "messages"; readonly messages: readonly FeedMessage[] }
  | { readonly tag: "link"; readonly link: LinkState }
  /** Answered with `alive`; a port that no longer answers is forgotten. */
  | { readonly tag: "ping" };

/** What a tab tells the worker. */
export type ToWorker =
  /** The tab knows everything up to `position`; sent again after the tab has slept. */
  | { readonly tag: "attach"; readonly position: string }
  | { readonly tag: "alive" }
  | { readonly tag: "detach" };

/** Later positions are greater: they are whole numbers in decimal, of any length. */
export function comparePositions(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
