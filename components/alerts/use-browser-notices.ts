"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useFleetStore } from "../live/use-fleet";

/** Tells of alerts through the browser while this page is open; loaded after what is needed at once. */
export function useBrowserNotices(): void {
  const store = useFleetStore();
  const router = useRouter();

  useEffect(() => {
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
  }, [store, router]);
}
