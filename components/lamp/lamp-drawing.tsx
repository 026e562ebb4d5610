import type { ReactNode } from "react";
import type { LampShape } from "./state-lamps";

const stroke = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 2,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const circumference = 2 * Math.PI * 5.25;

/** Two short arcs, opposite each other: no share, and not to be read as one. */
const undecided = `${circumference / 8} ${(circumference * 3) / 8}`;

/** The shape in a field of 16 by 16; `filled` (0 to 1) is how far a ring has come, null: nobody knows. */
export function LampDrawing({ shape, filled }: { shape: LampShape; filled: number | null }): ReactNode {
  switch (shape) {
    case "square":
      return <rect x="3.25" y="3.25" width="9.5" height="9.5" rx="1.75" {...stroke} />;
    case "arc":
      return <path d="M8 2.75a5.25 5.25 0 1 1-4.86 3.27" {...stroke} strokeWidth={2.25} />;
    case "disc":
      return <circle cx="8" cy="8" r="6" fill="currentColor" />;
    case "half-disc":
      return (
        <>
          <circle cx="8" cy="8" r="5.25" {...stroke} strokeWidth={1.5} />
          <path d="M2.75 8a5.25 5.25 0 0 0 10.5 0z" fill="currentColor" />
        </>
      );
    case "arrow":
      return (
        <>
          <path d="M12.9 6.2A5.25 5.25 0 1 0 13.2 9" {...stroke} />
          <path d="M13.9 2.2v4.6H9.3z" fill="currentColor" />
        </>
      );
    case "triangle":
      return (
        <path
          d="M8 2.4 14.4 13.4H1.6z"
          fill="currentColor"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        />
      );
    case "ring":
      return (
        <>
          <circle cx="8" cy="8" r="5.25" {...stroke} strokeWidth={2.5} opacity={0.28} />
          <circle
            cx="8"
            cy="8"
            r="5.25"
            {...stroke}
            strokeWidth={2.5}
            strokeLinecap="butt"
            strokeDasharray={filled === null ? undecided : `${circumference * filled} ${circumference}`}
            transform="rotate(-90 8 8)"
          />
        </>
      );
    case "tick":
      return (
        <>
          <circle cx="8" cy="8" r="5.75" {...stroke} strokeWidth={1.5} />
          <path d="m5.4 8.2 1.8 1.8 3.4-3.7" {...stroke} strokeWidth={1.75} />
        </>
      );
    case "diamond":
      return (
        <path
          d="M8 1.8 14.2 8 8 14.2 1.8 8z"
          fill="currentColor"
          stroke="currentColor"
          strokeLinejoin="round"
        />
      );
    case "links-apart":
      return (
        <>
          <path d="M5.25 5.5h-1a2.5 2.5 0 0 0 0 5h1M10.75 5.5h1a2.5 2.5 0 0 1 0 5h-1" {...stroke} />
          <circle cx="8" cy="8" r="1" fill="currentColor" />
        </>
      );
    case "links":
      return (
        <path
          d="M6.5 5.5H4.25a2.5 2.5 0 0 0 0 5H6.5M9.5 5.5h2.25a2.5 2.5 0 0 1 0 5H9.5M5.75 8h4.5"
          {...stroke}
        />
      );
    case "links-broken":
      return (
        <path
          d="M5.25 5.5h-1a2.5 2.5 0 0 0 0 5h1M10.75 5.5h1a2.5 2.5 0 0 1 0 5h-1M9.2 4.5 6.8 11.5"
          {...stroke}
          strokeWidth={1.75}
        />
      );
    case "plain":
      return <path d="M5 2.75h6L14 8l-3 5.25H5L2 8z" {...stroke} strokeWidth={1.75} />;
    case "unseen":
      return <circle cx="8" cy="8" r="5.25" {...stroke} strokeWidth={1.5} strokeDasharray="2 2.4" />;
  }
}
