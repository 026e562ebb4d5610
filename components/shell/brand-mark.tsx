/** A colour-light signal, showing proceed. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" className="shrink-0">
      <rect x="5" y="1" width="10" height="15" rx="5" className="fill-primary" />
      <circle cx="10" cy="5.9" r="2.3" className="fill-on-primary" opacity="0.28" />
      <circle cx="10" cy="11.2" r="2.3" fill="var(--lit)" />
      <path d="M10 16v3M6.5 19h7" className="stroke-primary" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
