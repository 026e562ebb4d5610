"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isTyping } from "../ui/is-typing";
import { places } from "./places";

/** So long after the `g` the next key is a key by itself. */
const togetherMs = 1_500;

/** `g` and then a place's key goes to that place. */
export function useGoTo(): void {
  const router = useRouter();
  useEffect(() => {
    let begunAt = Number.NEGATIVE_INFINITY;
    function onKey(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const begun = event.timeStamp - begunAt < togetherMs;
      begunAt = event.key === "g" && !begun ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const place = begun ? places.find(({ key }) => key === event.key) : undefined;
      if (place === undefined) return;
      event.preventDefault();
      router.push(place.href);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [router]);
}
