"use client";

import { LoadOlder } from "../history/load-older";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { Message } from "../ui/message";
import { Panel } from "../ui/panel";
import { Skeleton } from "../ui/skeleton";
import { AlertList } from "./alert-list";
import type { PastAlerts } from "./use-past-alerts";

interface PastPanelProps {
  readonly past: PastAlerts;
  readonly filtered: boolean;
  readonly onClear: () => void;
}

/** What was: resolved alerts, newest first, page by page. */
export function PastPanel({ past, filtered, onClear }: PastPanelProps) {
  if (past.status === "hidden") return null;
  return (
    <Panel name="What was">
      <Content past={past} filtered={filtered} onClear={onClear} />
    </Panel>
  );
}

function Content({ past, filtered, onClear }: PastPanelProps) {
  const { alerts, status, failure, retry, loadOlder, loadingOlder } = past;
  if (status === "loading" && alerts.length === 0) {
    return (
      <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
        {["a", "b", "c", "d"].map((row) => (
          <Skeleton key={row} className="h-5" />
        ))}
      </div>
    );
  }
  if (status === "failed" && alerts.length === 0) {
    return (
      <Message
        title="What was could not be read"
        icon={<Icon name="alert" size={20} className="text-error" />}
      >
        <p className="mb-3">{failure} What is recorded is not lost, and alerts fire all the same.</p>
        <div className="flex justify-center gap-2">
          <Button onClick={retry}>Try again</Button>
          {filtered && <Button onClick={onClear}>Show all alerts</Button>}
        </div>
      </Message>
    );
  }
  if (alerts.length === 0) {
    return filtered ? (
      <Message title="No resolved alert matches">
        <Button onClick={onClear}>Show all alerts</Button>
      </Message>
    ) : (
      <p className="px-4 py-3 text-sm text-ink-2">
        No alert was resolved yet. Each one goes here when what it was about is over.
      </p>
    );
  }
  return (
    <div className={cx(status === "old" && "opacity-60")} aria-busy={status === "old"}>
      <AlertList name="Resolved alerts" alerts={alerts} whole />
      <LoadOlder loadOlder={loadOlder} loading={loadingOlder} failure={failure} />
    </div>
  );
}
