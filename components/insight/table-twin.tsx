"use client";

import { type ReactNode, useId, useState } from "react";
import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { ScrollField } from "../ui/scroll-field";
import "./table-twin.css";

interface TableTwinProps {
  /** What it is a twin of: "States over time". */
  readonly of: string;
  readonly columns: readonly string[];
  /** Called when it is opened: rows of as many cells as there are columns. */
  readonly rows: () => readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** A chart's numbers as a table, for those who cannot see it; drawn when it is asked for. */
export function TableTwin({ of, columns, rows }: TableTwinProps) {
  const [open, setOpen] = useState(false);
  const table = useId();
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={table}
        onClick={() => setOpen(!open)}
        className="flex h-8 items-center gap-1.5 rounded px-1 text-xs text-ink-2 hover:text-ink"
      >
        <Icon name="chevron" size={10} className={cx("transition-transform", open && "rotate-90")} />
        {of} as a table
      </button>
      <div id={table}>
        {open && (
          <ScrollField className="mb-2 max-h-72 rounded-md border border-line">
            <table aria-label={of} className="twin">
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows().map(({ key, cells }) => (
                  <tr key={key}>
                    {cells.map((cell, at) => (
                      <td key={columns[at]}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollField>
        )}
      </div>
    </div>
  );
}
