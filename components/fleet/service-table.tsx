"use client";

import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { cx } from "../ui/cx";
import { useHydrated } from "../ui/use-hydrated";
import type { Grouping } from "./fleet-filter";
import type { FleetRow } from "./fleet-rows";
import { GroupHeading } from "./group-heading";
import { ServiceRow } from "./service-row";
import { useIsNarrow } from "./use-is-narrow";
import "./fleet.css";

const columns = [
  { word: "Service", className: "fleet-name" },
  { word: "State", className: "fleet-state" },
  { word: "Last 24 hours", className: "fleet-strip" },
  { word: "Condition", className: "fleet-condition" },
  { word: "Last move", className: "fleet-move" },
  { word: "Actions", className: "fleet-levers" },
] as const;
const groupHeight = 36;

interface ServiceTableProps {
  readonly rows: readonly FleetRow[];
  readonly by: Grouping;
  readonly showHost: boolean;
  /** How many of them are services. */
  readonly size: number;
}

/**
 * The services as a table of which only the visible part is drawn. Up and Down (also k and j), Home
 * and End move between the names; Enter follows the link.
 */
export function ServiceTable({ rows, by, size, showHost }: ServiceTableProps) {
  const rowHeight = useIsNarrow() ? 64 : 40;
  const isPlaced = useHydrated();
  const table = useRef<HTMLTableElement>(null);
  const [offset, setOffset] = useState(0);
  const [focused, setFocused] = useState<number | null>(null);

  useLayoutEffect(() => {
    const head = table.current?.tHead?.getBoundingClientRect();
    if (head !== undefined) setOffset(head.bottom + window.scrollY);
  }, []);

  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (at) => (rows[at]?.tag === "group" ? groupHeight : rowHeight),
    getItemKey: (at) => keyOf(rows[at]),
    overscan: 8,
    scrollMargin: offset,
    initialRect: { width: 1024, height: 900 },
    // The row that has the focus stays drawn wherever one scrolls: else the focus would be lost.
    rangeExtractor: useCallback(
      (range: Range) => {
        const drawn = defaultRangeExtractor(range);
        if (focused === null || focused >= range.count || drawn.includes(focused)) return drawn;
        return [...drawn, focused].sort((left, right) => left - right);
      },
      [focused],
    ),
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the heights depend on both.
  useLayoutEffect(() => virtual.measure(), [rowHeight, rows]);

  useEffect(() => {
    if (focused === null || !isMoving.current) return;
    isMoving.current = false;
    const row = rows[focused];
    const position = row?.tag === "service" ? row.position : 0;
    table.current?.querySelector<HTMLElement>(`[data-position="${position}"] a`)?.focus();
  }, [focused, rows]);
  const isMoving = useRef(false);

  function onKeyDown(event: KeyboardEvent): void {
    const from = focusedIndex(event.target, rows);
    const to = from === null ? null : destination(event, from, rows);
    if (to === null) return;
    event.preventDefault();
    isMoving.current = true;
    setFocused(to);
  }

  const height = `calc(var(--fleet-head) + ${virtual.getTotalSize()}px)`;
  const drawn = virtual.getVirtualItems();
  const groups = useMemo(
    () =>
      groupDrawn(
        drawn.map(({ index, start }) => ({ index, start })),
        rows,
      ),
    [drawn, rows],
  );

  return (
    <table
      ref={table}
      aria-label="Services"
      aria-rowcount={size + 1}
      className={cx("fleet-table", !isPlaced && "fleet-unplaced")}
      style={isPlaced ? { height } : { minHeight: height }}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocused(focusedIndex(event.target, rows))}
    >
      <thead className="block">
        <tr aria-rowindex={1} className="fleet-head border-b border-line">
          {columns.map(({ word, className }) => (
            <th
              key={word}
              scope="col"
              className={cx(className, "font-medium", word === "Actions" ? "text-right" : "text-left")}
            >
              {word}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(({ group, items }) => (
        <tbody key={group} aria-label={group} className="block">
          {items.map(({ row, top }) =>
            row.tag === "group" ? (
              <GroupHeading
                key={keyOf(row)}
                row={row}
                isGroup={by === "group"}
                top={isPlaced ? top - offset : 0}
              />
            ) : (
              <ServiceRow
                key={row.id}
                id={row.id}
                position={row.position}
                showHost={showHost}
                top={isPlaced ? top - offset : 0}
              />
            ),
          )}
        </tbody>
      ))}
    </table>
  );
}

interface DrawnGroup {
  readonly group: string;
  readonly items: { readonly row: FleetRow; readonly top: number }[];
}

/** What is drawn now, gathered under its groups. */
function groupDrawn(
  drawn: readonly { index: number; start: number }[],
  rows: readonly FleetRow[],
): DrawnGroup[] {
  const groups: DrawnGroup[] = [];
  for (const { index, start } of drawn) {
    const row = rows[index];
    if (row === undefined) continue;
    const last = groups.at(-1);
    if (last?.group === row.group) last.items.push({ row, top: start });
    else groups.push({ group: row.group, items: [{ row, top: start }] });
  }
  return groups;
}

function keyOf(row: FleetRow | undefined): string {
  if (row === undefined) return "";
  return row.tag === "group" ? `group ${row.group}` : row.id;
}

function focusedIndex(target: EventTarget, rows: readonly FleetRow[]): number | null {
  if (!(target instanceof HTMLElement)) return null;
  const position = Number(target.closest<HTMLElement>("[data-position]")?.dataset.position);
  const index = rows.findIndex((row) => row.tag === "service" && row.position === position);
  return index === -1 ? null : index;
}

/** Where a key leads from here; `null` if it is not one of ours. */
function destination(event: KeyboardEvent, from: number, rows: readonly FleetRow[]): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const isService = (row: FleetRow) => row.tag === "service";
  switch (event.key) {
    case "ArrowDown":
    case "j": {
      const next = rows.findIndex((row, at) => at > from && isService(row));
      return next === -1 ? from : next;
    }
    case "ArrowUp":
    case "k": {
      const previous = rows.findLastIndex((row, at) => at < from && isService(row));
      return previous === -1 ? from : previous;
    }
    case "Home":
      return rows.findIndex(isService);
    case "End":
      return rows.findLastIndex(isService);
    default:
      return null;
  }
}
