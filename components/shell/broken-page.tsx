"use client";

import { Button } from "../ui/button";
import { PlainPage } from "./plain-page";

export interface BrokenPageProps {
  /** Where the log has the cause, if the server gave one. */
  readonly digest: string | undefined;
  readonly onRetry: () => void;
}

/** A page that could not be drawn. Says what still holds; the cause itself is for the log. */
export function BrokenPage({ digest, onRetry }: BrokenPageProps) {
  return (
    <PlainPage title="This page could not be drawn">
      <p className="text-ink-2">
        The fault is in the page, not in your services: they are watched and recorded by another process,
        which goes on.
      </p>
      {digest !== undefined && (
        <p className="text-sm text-ink-2">
          In Signalbox’s log: <code className="font-mono text-ink">{digest}</code>
        </p>
      )}
      <p>
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
      </p>
    </PlainPage>
  );
}
