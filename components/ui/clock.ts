import { useCallback, useSyncExternalStore } from "react";

/*
 * One timer for every ticking text of the page. It stands still while nothing ticks and while the
 * page is hidden.
 */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | null = null;
let instant = 0;
let offsetMs = 0;

function tick(): void {
  instant = Date.now();
  timer = null;
  if (listeners.size > 0 && !document.hidden) timer = setTimeout(tick, 1_000 - (instant % 1_000));
  for (const listener of listeners) listener();
}

function onVisibility(): void {
  if (!document.hidden && timer === null) tick();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener("visibilitychange", onVisibility);
  listeners.add(listener);
  if (timer === null && !document.hidden) timer = setTimeout(tick, 1_000 - (Date.now() % 1_000));
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", onVisibility);
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
}

/** Sets how far the server's clock is ahead: ages are told by the server's clock, not by this one's. */
export function setClockOffset(nextMs: number): void {
  offsetMs = nextMs;
}

/** The server's now, in milliseconds since 1970. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}

/**
 * A value that depends on the time, evaluated every second; the component wakes only when the value
 * differs. `read` gets this browser's now and the server's, in milliseconds, and must return a
 * string, a number or a boolean.
 */
export function useTicking<Value extends string | number | boolean>(
  read: (now: number, serverNow: number) => Value,
): Value {
  const snapshot = useCallback(() => {
    // Between ticks the answer must not change, or React would render again and again.
    if (listeners.size === 0 || instant === 0) instant = Math.floor(Date.now() / 1_000) * 1_000;
    return read(instant, instant + offsetMs);
  }, [read]);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}
