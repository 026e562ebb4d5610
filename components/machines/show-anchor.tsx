"use client";

import { useEffect } from "react";

/** Goes to the address's anchor once the page is there, and gives it the focus: the reader goes on from it. */
export function ShowAnchor() {
  useEffect(() => {
    function show(): void {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      target?.scrollIntoView();
      target?.focus({ preventScroll: true });
    }
    // A browser goes there by itself, and its reader may be further on before this page is alive.
    if (location.hash !== "" && isNowhere()) show();
    addEventListener("hashchange", show);
    return () => removeEventListener("hashchange", show);
  }, []);
  return null;
}

function isNowhere(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || `#${activeElement.id}` === location.hash;
}
