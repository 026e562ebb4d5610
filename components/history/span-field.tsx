"use client";

import { type HistoryFilter, type Span, spans } from "./fleet-history-filter";

const words: Readonly<Record<Span, string>> = {
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
};

interface SpanFieldProps {
  readonly span: HistoryFilter["span"];
  readonly onChange: (span: HistoryFilter["span"]) => void;
  /** Two ends are asked for, though both may still be open. */
  readonly custom: boolean;
  readonly onCustom: (custom: boolean) => void;
}

/** How far back, or from when to when, in this browser's zone. */
export function SpanField({ span, onChange, custom, onCustom }: SpanFieldProps) {
  const ends = typeof span === "string" ? null : span;
  const isCustom = ends !== null && (custom || ends.from !== "" || ends.to !== "");

  function choose(value: string): void {
    onCustom(value === "custom");
    const known = spans.find((each) => each === value);
    onChange(known ?? (value === "custom" && ends !== null ? ends : { from: "", to: "" }));
  }

  return (
    <>
      <select
        aria-label="Span"
        value={isCustom ? "custom" : ends === null ? (span as Span) : ""}
        onChange={(event) => choose(event.target.value)}
        className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink"
      >
        <option value="">All time</option>
        {spans.map((each) => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
        <option value="custom">From … to …</option>
      </select>
      {isCustom && ends !== null && (
        <span className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
          <End word="From" at={ends.from} onChange={(from) => onChange({ ...ends, from })} />
          <End word="to" at={ends.to} onChange={(to) => onChange({ ...ends, to })} />
        </span>
      )}
    </>
  );
}

interface EndProps {
  readonly word: string;
  readonly at: string;
  readonly onChange: (at: string) => void;
}

function End({ word, at, onChange }: EndProps) {
  return (
    <label className="flex items-center gap-2">
      {word}
      <input
        type="datetime-local"
        step={1}
        value={localOf(at)}
        onChange={(event) => onChange(instantOf(event.target.value))}
        className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink"
      />
    </label>
  );
}

/** As the field has it: local time without a zone. */
function localOf(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return "";
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

function instantOf(local: string): string {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
