"use client";

import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { Panel } from "../ui/panel";
import { ScrollField } from "../ui/scroll-field";
import { useToday } from "../ui/use-today";
import { GapRow } from "./gap-row";
import { TransitionRow } from "./transition-row";
import type { History } from "./use-history";
import "./history.css";

const columns = ["When", "Move", "Event", "Cause", "Lasted", "Source", "Evidence"];

/** Every move of the service with its cause, newest first, and the times that nobody watched. */
export function TransitionHistory({ history }: { history: History }) {
  const { entries, loadOlder, loading, failure } = history;
  const today = useToday();
  return (
    <Panel name="History" heading="History">
      {entries.length === 0 ? (
        <Message title="No move seen yet">
          <p>The first one stands here as soon as the service is seen.</p>
        </Message>
      ) : (
        <ScrollField className="history-field">
          <table aria-label="Transition history" className="history">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column === "Evidence" ? <span className="sr-only">{column}</span> : column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) =>
                entry.tag === "move" ? (
                  <TransitionRow
                    key={entry.transition.id}
                    transition={entry.transition}
                    columns={columns.length}
                    today={today}
                  />
                ) : (
                  <GapRow
                    key={`gap ${entry.gap.from}`}
                    gap={entry.gap}
                    columns={columns.length}
                    today={today}
                  />
                ),
              )}
            </tbody>
          </table>
        </ScrollField>
      )}
      {(loadOlder !== null || failure !== null) && (
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
      )}
    </Panel>
  );
}
