"use client";

import { useConnection, useNotices } from "../live/use-fleet";
import { Button } from "../ui/button";
import { Instant } from "../ui/instant";
import { TickingSpan } from "../ui/ticking-span";
import { NotLiveYet } from "./not-live-yet";
import { Notice } from "./notice";

/**
 * What concerns the whole page: what failed, since when, and what still holds.
 * @param props.at when the server made the page.
 */
export function Notices({ at }: { at: string }) {
  const connection = useConnection();
  const { configErrors, databaseLostSince, outdated } = useNotices();
  return (
    <div role="status" aria-label="Notices">
      <NotLiveYet at={at} />
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
