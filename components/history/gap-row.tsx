import type { Gap } from "@/lib/wire/service";
import { formatExactSpan } from "../ui/format-span";
import { Instant } from "../ui/instant";
import { TickingSpan } from "../ui/ticking-span";

/** A time that was not observed: drawn as such, and counted as no state. */
export function GapRow({ gap, columns, today }: { gap: Gap; columns: number; today: string | null }) {
  return (
    <tr className="history-gap hatched">
      <td className="history-when">
        <Instant at={gap.from} today={today} />
      </td>
      <td colSpan={columns - 1}>
        <span className="rounded bg-surface px-1.5 py-0.5">
          <span className="font-medium text-ink">
            Not observed for{" "}
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
        </span>
      </td>
    </tr>
  );
}
