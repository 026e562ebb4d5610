"use client";

import type { ReactNode } from "react";
import { useConnection, useNotices } from "../live/use-fleet";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { Instant } from "../ui/instant";
import { TickingSpan } from "../ui/ticking-span";

/** What concerns the whole page: what failed, since when, and what still holds. */
export function Notices() {
  const connection = useConnection();
  const { configErrors, databaseLostSince, outdated } = useNotices();
  return (
    <div role="status" aria-label="Notices">
      {connection.tag === "lost" && (
        <Notice tone="warning" title="The live feed is lost.">
          {connection.heardAt === null ? (
            "This is what the server showed when the page was loaded."
          ) : (
            <>
              This is the picture of <Instant at={new Date(connection.heardAt).toISOString()} />.
            </>
          )}{" "}
          Signalbox may go on without us; we keep trying.
        </Notice>
      )}
      {connection.tag === "signed-out" && (
        <Notice tone="warning" title="This browser is no longer signed in.">
          <a href="/sign-in" className="underline underline-offset-3">
            Sign in again
          </a>{" "}
          to see the fleet live. What is shown here may be old.
        </Notice>
      )}
      {databaseLostSince !== null && (
        <Notice tone="error" title="Signalbox has lost its database.">
          Since <TickingSpan since={databaseLostSince} />. The last known picture stands; nothing new can be
          shown or commanded until it is back. Your services are not affected.
        </Notice>
      )}
      {outdated && (
        <Notice tone="plain" title="Signalbox was updated.">
          <Button size="small" onClick={() => location.reload()}>
            Reload this page
          </Button>
        </Notice>
      )}
      {configErrors.length > 0 && (
        <Notice tone="warning" title="The configuration has errors; the last good one is in force.">
          <ul className="mt-1 font-mono text-xs">
            {configErrors.map((error) => (
              <li key={error}>{error}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

const tones = { warning: "border-warning", error: "border-error", plain: "border-accent" } as const;
const inks = { warning: "text-warning", error: "text-error", plain: "text-accent" } as const;

interface NoticeProps {
  readonly tone: keyof typeof tones;
  readonly title: string;
  readonly children: ReactNode;
}

function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className={cx("border-b-2 bg-raised px-3 py-2 text-sm text-ink-2 sm:px-6", tones[tone])}>
      <div className="mx-auto flex max-w-[97rem] flex-wrap items-baseline gap-x-2 gap-y-1">
        <Icon name="alert" className={cx("translate-y-0.5", inks[tone])} />
        <strong className="font-semibold text-ink">{title}</strong>
        <div className="min-w-0">{children}</div>
      </div>
    </div>
  );
}
