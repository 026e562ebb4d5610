import { useSyncExternalStore } from "react";

function subscribe(wake: () => void): () => void {
  document.addEventListener("visibilitychange", wake);
  return () => document.removeEventListener("visibilitychange", wake);
}

/** Whether anybody can see this tab. */
export function useIsVisible(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => !document.hidden,
    () => true,
  );
}
