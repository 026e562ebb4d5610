import { Instant } from "../ui/instant";
import { GapWords } from "./gap-words";
import type { ShownGap } from "./history-entries";

/** A time that was not observed: drawn as such, and counted as no state. */
export function GapRow({ gap, columns, today }: { gap: ShownGap; columns: number; today: string | null }) {
  const { hosts } = gap;
  return (
    <tr className="history-gap hatched">
      <td className="history-when">
        <Instant at={gap.from} today={today} />
      </td>
      <td colSpan={columns - 1}>
        <span className="rounded bg-surface px-1.5 py-0.5">
          <GapWords
            gap={gap}
            what={hosts === undefined ? "Not observed" : `${sayHosts(hosts)} not observed`}
          />
        </span>
      </td>
    </tr>
  );
}

const named = 3;

function sayHosts(hosts: readonly string[]): string {
  const rest = hosts.length - named;
  return rest > 0 ? `${hosts.slice(0, named).join(", ")} and ${rest} more` : hosts.join(", ");
}
