import { formatExactSpan } from "../ui/format-span";
import { TickingSpan } from "../ui/ticking-span";

interface SaidGap {
  readonly from: string;
  /** Null: it goes on. */
  readonly to: string | null;
  readonly reason: string;
  readonly recovered: boolean;
}

/** "Not observed for 3 min", why, and what became of what happened meanwhile. */
export function GapWords({ gap, what }: { gap: SaidGap; what: string }) {
  return (
    <>
      <span className="font-medium text-ink">
        {what} for{" "}
        {gap.to === null ? (
          <TickingSpan since={gap.from} />
        ) : (
          formatExactSpan(Date.parse(gap.to) - Date.parse(gap.from))
        )}
      </span>{" "}
      <span className="text-ink-2">
        {gap.reason}
        {gap.recovered && " What happened meanwhile was recovered."}
      </span>
    </>
  );
}
