import { formatShare, peakShare, sharePath, type UsageTrail } from "./usage-trail";

const [width, height] = [96, 18];

/** The processor share of the last two minutes. The figure beside it says what a reader must know. */
export function Sparkline({ trail }: { trail: UsageTrail }) {
  const peak = peakShare(trail);
  return (
    <svg
      viewBox={`0 -1 ${width} ${height + 2}`}
      preserveAspectRatio="none"
      className="h-4 min-w-0 max-w-24 flex-1 text-accent"
      aria-hidden="true"
    >
      {peak !== null && <title>{`At most ${formatShare(peak)} of one core in the last two minutes`}</title>}
      <path d={`M0 ${height}H${width}`} stroke="var(--line-strong)" vectorEffect="non-scaling-stroke" />
      <path
        d={sharePath(trail, width, height)}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
