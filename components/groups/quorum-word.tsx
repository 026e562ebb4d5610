import type { ReactNode } from "react";
import type { QuorumWord } from "@/lib/wire/group";
import { cx } from "../ui/cx";

interface Look {
  readonly word: string;
  readonly ink: string;
  readonly ground: string;
  readonly shape: ReactNode;
}

const line = { fill: "none", stroke: "currentColor", strokeWidth: 1.75, strokeLinecap: "round" } as const;
const cut = { ...line, stroke: "var(--surface)" } as const;

const looks: Readonly<Record<QuorumWord, Look>> = {
  safe: {
    word: "Safe",
    ink: "text-good",
    ground: "border-line",
    shape: (
      <>
        <path
          d="M8 1.4 13.6 3.4v4.4c0 3.4-2.4 5.6-5.6 6.8-3.2-1.2-5.6-3.4-5.6-6.8V3.4z"
          fill="currentColor"
        />
        <path d="m5.4 8 1.8 1.8 3.4-3.7" {...cut} strokeLinejoin="round" />
      </>
    ),
  },
  "at-risk": {
    word: "At risk",
    ink: "text-warning",
    ground: "border-warning",
    shape: (
      <>
        <path d="M8 1.9 14.6 13.6H1.4z" {...line} strokeLinejoin="round" />
        <path d="M8 6.2v3.4M8 11.5v.1" {...line} />
      </>
    ),
  },
  stopped: {
    word: "Stopped",
    ink: "text-error",
    ground: "border-error",
    shape: (
      <>
        <path d="M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2z" fill="currentColor" />
        <path d="M4.8 8h6.4" {...cut} strokeWidth={2.25} />
      </>
    ),
  },
  unknown: {
    word: "Not known",
    ink: "text-ink-2",
    ground: "border-line-strong border-dashed",
    shape: (
      <>
        <circle cx="8" cy="8" r="6.4" {...line} strokeDasharray="2.4 2.6" />
        <path d="M6.2 6.3a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.9.7-.9 1.4M8 11.4v.1" {...line} strokeWidth={1.5} />
      </>
    ),
  },
};

/** The border of what says how a chain stands. */
export function quorumGround(word: QuorumWord): string {
  return looks[word].ground;
}

/** How a chain of validators stands: a shape and a word, never a colour alone. */
export function QuorumMark({ word, large = false }: { word: QuorumWord; large?: boolean }) {
  const { word: said, ink, shape } = looks[word];
  return (
    <span className={cx("inline-flex items-center whitespace-nowrap", large ? "gap-3" : "gap-1.5", ink)}>
      <svg
        viewBox="0 0 16 16"
        width={large ? 34 : 14}
        height={large ? 34 : 14}
        className="shrink-0"
        aria-hidden="true"
      >
        {shape}
      </svg>
      <span className={large ? "text-2xl leading-tight font-semibold tracking-tight" : "font-medium"}>
        {said}
      </span>
    </span>
  );
}
