import type { ReactNode } from "react";

export type IconName = keyof typeof drawings;

const drawings = {
  start: <path d="M5 3.2v9.6l8-4.8z" fill="currentColor" />,
  stop: <rect x="4" y="4" width="8" height="8" rx="1.2" fill="currentColor" />,
  restart: <path d="M12.8 6.4A5 5 0 1 0 13 9M13.2 2.8v3.8H9.4" />,
  reset: <path d="M3.2 5.6h6.3a3.7 3.7 0 0 1 0 7.4H5.6M5.9 2.8 3.1 5.6l2.8 2.8" />,
  search: <path d="M7 2.7a4.3 4.3 0 1 0 0 8.6 4.3 4.3 0 0 0 0-8.6ZM10.2 10.2l3.2 3.2" />,
  sun: (
    <path d="M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M12.5 3.5l-.8.8M4.3 11.7l-.8.8" />
  ),
  moon: <path d="M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6Z" />,
  contrast: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" stroke="none" />
    </>
  ),
  screen: <path d="M2.4 3.2h11.2v7.4H2.4zM6 13.2h4M8 10.6v2.6" />,
  rows: <path d="M2.5 4h11M2.5 8h11M2.5 12h11" />,
  lamps: (
    <path d="M4.4 2.6a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6ZM11.6 2.6a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6ZM4.4 9.8a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6ZM11.6 9.8a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z" />
  ),
  chevron: <path d="m6 3.6 4.4 4.4L6 12.4" />,
  down: <path d="M8 2.8v10M3.8 8.8 8 13l4.2-4.2" />,
  external: <path d="M6.2 3.4H3.2v9.4h9.4V9.8M9.2 2.8h4v4M13 3 7.4 8.6" />,
  tick: <path d="m3.2 8.6 3.1 3.1 6.5-7" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  alert: <path d="M8 2.4 14.2 13H1.8zM8 6.4v3.2M8 11.4v.2" />,
  error: <path d="M8 2.6 14 13H2z" fill="currentColor" />,
  copy: <path d="M5.6 5.6h7.6v7.6H5.6zM10.4 5.4V2.8H2.8v7.6h2.6" />,
  person: (
    <path d="M8 2.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2ZM2.8 13.6c.6-2.6 2.6-4 5.2-4s4.6 1.4 5.2 4" />
  ),
  terminal: <path d="M2.2 3.2h11.6v9.6H2.2zM4.8 6.2 6.8 8l-2 1.8M8.4 10h2.8" />,
  gear: (
    <path d="M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8ZM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4" />
  ),
  process: (
    <path d="M5.4 5.4h5.2v5.2H5.4zM3.2 3.2h9.6v9.6H3.2zM6 1.4v1.8M10 1.4v1.8M6 12.8v1.8M10 12.8v1.8M1.4 6h1.8M1.4 10h1.8M12.8 6h1.8M12.8 10h1.8" />
  ),
  host: <path d="M2.6 3h10.8v4.2H2.6zM2.6 8.8h10.8V13H2.6zM5 5.1h.1M5 10.9h.1" />,
  network: (
    <path d="M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM2.4 8h11.2M8 2.2c2 1.6 2.9 3.6 2.9 5.8S10 12.2 8 13.8M8 2.2C6 3.8 5.1 5.8 5.1 8S6 12.2 8 13.8" />
  ),
  unequal: <path d="M3 6h10M3 10h10M10.6 2.8 5.4 13.2" />,
  question: <path d="M5.6 6a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1 .8-1 1.6M8 12.2v.2" />,
  bell: <path d="M3.4 11.4h9.2L11.4 9.6V7a3.4 3.4 0 0 0-6.8 0v2.6zM6.8 13.4h2.4" />,
  "bell-off": <path d="M3.4 11.4h9.2L11.4 9.6V7a3.4 3.4 0 0 0-6.8 0v2.6zM6.8 13.4h2.4M2.4 2.4l11.2 11.2" />,
  calendar: <path d="M2.6 3.8h10.8v9.4H2.6zM2.6 6.8h10.8M5.4 2.2v2.4M10.6 2.2v2.4" />,
  note: <path d="M3 2.8h10v7.6H8.6L5.4 13.2v-2.8H3z" />,
  plus: <path d="M8 3.4v9.2M3.4 8h9.2" />,
  minus: <path d="M3.4 8h9.2" />,
  loop: (
    <path d="M4.6 4.6h6.2a2.6 2.6 0 0 1 2.6 2.6M11.4 11.4H5.2a2.6 2.6 0 0 1-2.6-2.6M6.6 2.4 4.4 4.6l2.2 2.2M9.4 9.2l2.2 2.2-2.2 2.2" />
  ),
  wave: <path d="M1.8 10.8h2.4V5.2h3.2v5.6h3.2V5.2h3.6" />,
} as const satisfies Record<string, ReactNode>;

/** A small drawing beside words, never instead of them. */
export function Icon({
  name,
  size = 14,
  className = "",
}: {
  name: IconName;
  size?: number;
  className?: string;
}) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${className}`}
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  );
}
