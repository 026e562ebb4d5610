"use client";

import { useToday } from "../ui/use-today";
import { GapRow } from "./gap-row";
import type { HistoryEntry } from "./history-entries";
import { TransitionRow } from "./transition-row";
import "./history.css";

const columns = [
  { word: "When", className: "history-when" },
  { word: "Move", className: "history-states" },
  { word: "Event", className: "history-event" },
  { word: "Cause", className: "history-cause" },
  { word: "Lasted", className: "history-lasted" },
  { word: "Source", className: "history-source" },
  { word: "Evidence", className: "history-open" },
] as const;

const [when, ...rest] = columns;
const columnsOfFleet = [when, { word: "Service", className: "history-service" }, ...rest];

interface HistoryTableProps {
  readonly entries: readonly HistoryEntry[];
  /** Of the whole fleet: each row names its service. */
  readonly ofFleet?: boolean;
}

/** Moves with their causes and times that nobody watched, in the order given. */
export function HistoryTable({ entries, ofFleet = false }: HistoryTableProps) {
  const today = useToday();
  const shown = ofFleet ? columnsOfFleet : columns;
  return (
    <table aria-label="Transition history" data-of={ofFleet ? "fleet" : "service"} className="history">
      <thead>
        <tr>
          {shown.map(({ word, className }) => (
            <th key={word} scope="col" className={className}>
              {word === "Evidence" ? <span className="sr-only">{word}</span> : word}
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
              columns={shown.length}
              today={today}
              ofFleet={ofFleet}
            />
          ) : (
            <GapRow
              key={`gap ${entry.gap.from} ${entry.gap.hosts?.join(" ") ?? ""}`}
              gap={entry.gap}
              columns={shown.length}
              today={today}
            />
          ),
        )}
      </tbody>
    </table>
  );
}
