import type { Ends } from "./span";

/** What is pointed at on one page: a stretch of time, or an instant; one view says it, the others mark it. */
export interface Pointed {
  get(): Ends | null;
  set(next: Ends | null): void;
  subscribe(listener: () => void): () => void;
}

export function createPointed(): Pointed {
  const listeners = new Set<() => void>();
  let now: Ends | null = null;
  return {
    get: () => now,
    set(next) {
      if (now?.from === next?.from && now?.to === next?.to) return;
      now = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
