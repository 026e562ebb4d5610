"use client";

import { useEffect } from "react";
import { withCount } from "./title-count";

/** Keeps the number of firing alerts in front of the document's title, whatever page sets it. */
export function useTitleCount(count: number): void {
  useEffect(() => {
    function show(): void {
      const wanted = withCount(document.title, count);
      if (document.title !== wanted) document.title = wanted;
    }
    show();
    // A change of page puts its own title there, after this has run.
    const titles = new MutationObserver(show);
    titles.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => titles.disconnect();
  }, [count]);
}
