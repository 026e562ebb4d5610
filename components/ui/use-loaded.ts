"use client";

import { type ComponentType, useEffect, useState } from "react";

const retryMs = 3_000;

/**
 * A part of the page that comes after what is needed at once; null until it is there. A load that fails
 * (a line that is cut for a moment) is tried again: it must never take the rest of the page along.
 * @param load must be the same function at every call.
 */
export function useLoaded<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> | null {
  const [part, setPart] = useState<ComponentType<Props> | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    function attempt(): void {
      load().then(
        (loaded) => {
          if (!left) setPart(() => loaded);
        },
        () => {
          if (!left) timer = setTimeout(attempt, retryMs);
        },
      );
    }
    attempt();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [load]);
  return part;
}
