"use client";

import type { Sync } from "@/lib/wire/application";
import { capital } from "../ui/capital";
import { cx } from "../ui/cx";
import { TickingSpan } from "../ui/ticking-span";
import { sayShare } from "./sync-words";
import "./truth.css";

/** How far a synchronisation has come, why it is not over, and whether it moves at all. */
export function SyncProgress({ sync }: { sync: Sync }) {
  const { share, detail, progressAt } = sync;
  const said = sayShare(share);
  return (
    <div className="flex flex-col gap-1.5 border-t border-line px-4 py-3 text-sm">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="text-xs font-medium text-ink-3">Synchronisation</h3>
        {said !== null && <span className="font-semibold text-ink">{said}</span>}
      </div>
      <div
        role="progressbar"
        aria-label="Synchronisation"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.floor(share * 1_000) / 10}
        aria-valuetext={said === null ? `${detail}; how far it has come is not known` : `${said}, ${detail}`}
        data-lamp="syncing"
        className={cx("sync-bar", share === null && "sync-undecided")}
      >
        {share !== null && <div style={{ inlineSize: `${Math.min(1, Math.max(0, share)) * 100}%` }} />}
      </div>
      <p className="text-ink">{capital(detail)}</p>
      <p className="text-ink-2">
        {progressAt === null ? (
          "Its head has not moved since it is watched."
        ) : (
          <>
            Its head last moved <TickingSpan since={progressAt} /> ago.
          </>
        )}
      </p>
    </div>
  );
}
