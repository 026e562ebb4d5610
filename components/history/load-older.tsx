"use client";

import { Button } from "../ui/button";

interface LoadOlderProps {
  /** `null` when there is nothing older. */
  readonly loadOlder: (() => void) | null;
  readonly loading: boolean;
  /** What went wrong with the last request, in words. */
  readonly failure: string | null;
}

/** The foot of a history: the way to what is older, and why it could not be had. */
export function LoadOlder({ loadOlder, loading, failure }: LoadOlderProps) {
  if (loadOlder === null && failure === null) return null;
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3">
      {loadOlder !== null && (
        <Button onClick={loadOlder} refusal={loading ? "Loading…" : null}>
          {loading ? "Loading…" : "Load older"}
        </Button>
      )}
      {failure !== null && (
        <p role="status" className="text-sm text-error">
          Older history could not be loaded. {failure}
        </p>
      )}
    </div>
  );
}
