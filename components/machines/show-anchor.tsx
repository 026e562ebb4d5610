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
    if (location.hash !== "") show();
    addEventListener("hashchange", show);
    return () => removeEventListener("hashchange", show);
  }, []);
  return null;
}
