"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { Instant } from "../ui/instant";
import { useHydrated } from "../ui/use-hydrated";
import { Notice } from "./notice";
import "./not-live-yet.css";

/**
 * A page whose scripts have not come, or do not run, stands still and takes no click: it says so itself,
 * without any script, after ten seconds.
 */
export function NotLiveYet({ at }: { at: string }) {
  const path = usePathname();
  const query = useSearchParams().toString();
  if (useHydrated()) return null;
  return (
    <div className="not-live-yet">
      <Notice tone="warning" title="This page is not live yet.">
        It shows what the server saw at <Instant at={at} /> UTC. If this stays,{" "}
        <a href={query === "" ? path : `${path}?${query}`} className="underline underline-offset-3">
          reload it
        </a>
        .
      </Notice>
    </div>
  );
}
