"use client";

import { useRouter } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { useFleetStore } from "../live/use-fleet";
import { followChoice, keptChoice } from "./notice-store";

const isAskedFor = () => keptChoice() !== "off";
const notOnTheServer = () => false;

/** Tells of alerts through the browser while this page is open; loaded where somebody asked for it. */
export function useBrowserNotices(): void {
  const store = useFleetStore();
  const router = useRouter();
  const asked = useSyncExternalStore(followChoice, isAskedFor, notOnTheServer);

  useEffect(() => {
    if (!asked) return;
    let stop: (() => void) | null = () => undefined;
    import("./tell-in-browser").then(
      ({ tellInBrowser }) => {
        if (stop !== null) stop = tellInBrowser(store, (href) => router.push(href));
      },
      // A page that could not load it tells in its own title all the same.
      () => undefined,
    );
    return () => {
      stop?.();
      stop = null;
    };
  }, [store, router, asked]);
}
