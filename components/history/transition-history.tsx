"use client";

import { Message } from "../ui/message";
import { Panel } from "../ui/panel";
import { ScrollField } from "../ui/scroll-field";
import { HistoryTable } from "./history-table";
import { LoadOlder } from "./load-older";
import type { History } from "./use-history";

/** Every move of the service with its cause, newest first, and the times that nobody watched. */
export function TransitionHistory({ history }: { history: History }) {
  const { entries, loadOlder, loading, failure } = history;
  return (
    <Panel name="History" heading="History">
      {entries.length === 0 ? (
        <Message title="No move seen yet">
          <p>The first one stands here as soon as the service is seen.</p>
        </Message>
      ) : (
        <ScrollField className="history-field">
          <HistoryTable entries={entries} />
        </ScrollField>
      )}
      <LoadOlder loadOlder={loadOlder} loading={loading} failure={failure} />
    </Panel>
  );
}
