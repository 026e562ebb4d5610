import { useEffect, useState } from "react";

/** Streams of this kind that all tabs of a browser may have open together: it opens six connections. */
const places = 2;

/**
 * Waits for one of few places that the tabs of this browser share, and keeps it while `wanted`.
 * Where the browser has no locks (a page that did not come from here or by https) everybody has one.
 */
export function useTurn(name: string, wanted: boolean): boolean {
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (!wanted) return;
    if (navigator.locks === undefined) {
      setHeld(true);
      return () => setHeld(false);
    }
    const leaving = new AbortController();
    const settled = new AbortController();
    let taken = false;
    const signal = AbortSignal.any([leaving.signal, settled.signal]);
    for (let place = 0; place < places; place += 1)
      navigator.locks
        .request(`${name}-${place}`, { signal }, () => {
          if (taken || leaving.signal.aborted) return undefined;
          taken = true;
          settled.abort();
          setHeld(true);
          return new Promise<void>((resolve) => {
            leaving.signal.addEventListener("abort", () => resolve(), { once: true });
          });
        })
        .catch((error: unknown) => {
          // Another place was free first, or nobody wants one any more.
          if (!signal.aborted) throw error;
        });
    return () => {
      leaving.abort();
      setHeld(false);
    };
  }, [name, wanted]);

  return held;
}
