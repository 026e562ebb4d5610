import type { Severity } from "@/lib/wire/alert";
import { cx } from "../ui/cx";
import { severityInks, severityWords } from "./alert-words";

/** A severity as shape, colour and word, always together. */
export function SeverityMark({ severity, faint = false }: { severity: Severity; faint?: boolean }) {
  return (
    <span
      className={cx(
        "inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap",
        faint ? "text-ink-3" : severityInks[severity],
      )}
    >
      <SeverityShape severity={severity} />
      {severityWords[severity]}
    </span>
  );
}

/** The shape alone; the word must stand beside it. */
export function SeverityShape({ severity, size = 15 }: { severity: Severity; size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
      aria-hidden="true"
    >
      {drawings[severity]}
    </svg>
  );
}

const drawings = {
  critical: (
    <>
      <path d="M5.3 1.6h5.4l3.7 3.7v5.4l-3.7 3.7H5.3l-3.7-3.7V5.3z" fill="currentColor" stroke="none" />
      <path d="M8 4.6v4M8 11.3v.1" className="stroke-surface" />
    </>
  ),
  warning: <path d="M8 2.4 14.2 13H1.8zM8 6.4v3.2M8 11.4v.1" />,
  info: <path d="M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM8 7.6v3.4M8 5v.1" />,
} as const satisfies Record<Severity, unknown>;
