import type { Timeline } from "@/lib/wire/insight";
import { readJson } from "../live/read-json";
import { type Picture, readTimeline } from "./bands";

interface Answer {
  readonly items: readonly { readonly service: string; readonly timeline: Timeline }[];
}

const address = "/api/v1/timelines?hours=24&points=96";
export const stripMs = 86_400_000;

/** What every service did in the last day, asked for at once and kept for the whole page. */
export interface Strips {
  subscribe(listener: () => void): () => void;
  /** Undefined until it is known, and of services that are not. */
  of(service: string): Picture | undefined;
  load(signal: AbortSignal): Promise<void>;
}

export function createStrips(): Strips {
  const listeners = new Set<() => void>();
  let timelines: ReadonlyMap<string, Timeline> | null = null;
  let read = new Map<string, Picture>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    of(service) {
      // Of thousands only those are read that come into sight.
      const known = read.get(service);
      const timeline = timelines?.get(service);
      if (known !== undefined || timeline === undefined) return known;
      const picture = readTimeline(timeline);
      read.set(service, picture);
      return picture;
    },
    async load(signal) {
      const { items } = await readJson<Answer>(address, signal);
      timelines = new Map(items.map(({ service, timeline }) => [service, timeline]));
      read = new Map();
      for (const listener of listeners) listener();
    },
  };
}
