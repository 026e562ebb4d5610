"use client";

import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from "react";

const rowSelector = "[data-alert]";
const linkSelector = "[data-alert-link]";

interface RowKeys {
  onKeyDown(event: KeyboardEvent): void;
  onFocus(event: FocusEvent): void;
}

/**
 * The keyboard of lists of alerts within `field`: Up and Down (also k and j), Home and End move between
 * the rows, `a` acknowledges, `s` silences. A row that leaves its list while it has the focus, because it was
 * acknowledged or resolved, leaves the focus to the row that takes its place.
 */
export function useRowKeys(field: RefObject<HTMLElement | null>): RowKeys {
  const last = useRef<{ readonly list: Element; readonly id: string; readonly at: number } | null>(null);

  // After every drawing: which rows there are is known only then.
  useEffect(() => {
    const { current } = last;
    if (current === null || isDrawn(current.list, current.id)) return;
    last.current = null;
    // Only a focus that was lost is given back: somebody may have gone elsewhere meanwhile.
    if (document.activeElement !== document.body) return;
    const rows = current.list.isConnected ? rowsOf(current.list) : [];
    const next = rows[Math.min(current.at, rows.length - 1)];
    (next?.querySelector<HTMLElement>(linkSelector) ?? field.current)?.focus();
  });

  return {
    onFocus({ target }) {
      const row = target.closest(rowSelector);
      const list = row?.parentElement;
      if (!row || !list) return;
      last.current = { list, id: row.getAttribute("data-alert") ?? "", at: rowsOf(list).indexOf(row) };
    },
    onKeyDown(event) {
      const row = event.target instanceof Element ? event.target.closest(rowSelector) : null;
      if (row === null || field.current === null || isNoShortcut(event)) return;
      const lever = leverOf(event.key, row);
      const to = lever ?? destination(event.key, row, rowsOf(field.current));
      if (to === null) return;
      event.preventDefault();
      if (lever === null) to.focus();
      else lever.click();
    },
  };
}

function isNoShortcut({ altKey, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  return (
    altKey || ctrlKey || metaKey || (target instanceof Element && target.closest("input, textarea") !== null)
  );
}

function rowsOf(within: Element): readonly Element[] {
  return [...within.querySelectorAll(rowSelector)];
}

function isDrawn(list: Element, id: string): boolean {
  return rowsOf(list).some((row) => row.getAttribute("data-alert") === id);
}

function leverOf(key: string, row: Element): HTMLElement | null {
  if (key === "a") return row.querySelector<HTMLElement>("[data-acknowledge]");
  return key === "s" ? row.querySelector<HTMLElement>("[data-silence]") : null;
}

/** Where a key leads from a row; `null` if it is not one of ours. */
function destination(key: string, row: Element, rows: readonly Element[]): HTMLElement | null {
  const at = rows.indexOf(row);
  const to = indexAfter(key, at, rows.length);
  return to === null ? null : (rows[to]?.querySelector<HTMLElement>(linkSelector) ?? null);
}

function indexAfter(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
    case "j":
      return Math.min(at + 1, count - 1);
    case "ArrowUp":
    case "k":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
