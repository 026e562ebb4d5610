import { causeWords } from "../cause/cause-words";
import { formatExactSpan } from "../ui/format-span";
import type { AlertSpan } from "./alert-spans";
import type { StateBand } from "./bands";
import { TableTwin } from "./table-twin";
import { causesIn, type ThrashBar } from "./thrash-bars";
import { bandWord, sayBoth, sayInstant } from "./time-words";

/** The state timeline's twin, the newest first. */
export function BandTable({ bands }: { bands: readonly StateBand[] }) {
  return (
    <TableTwin
      of="States over time"
      columns={["State", "From", "To", "Length", "Moves"]}
      rows={() =>
        bands.toReversed().map((band) => ({
          key: `${band.from} ${band.state}`,
          cells: [bandWord(band), ...sayBoth(band), formatExactSpan(band.to - band.from), band.moves],
        }))
      }
    />
  );
}

/** The alert lane's twin, the newest first. */
export function AlertTable({ spans }: { spans: readonly AlertSpan[] }) {
  return (
    <TableTwin
      of="Alerts over time"
      columns={["Alert", "Severity", "Since", "Fired", "Until"]}
      rows={() =>
        spans.toReversed().map(({ alert, from, to, firedAt, isOver }) => ({
          key: alert.id,
          cells: [
            alert.summary,
            alert.severity,
            sayInstant(from),
            sayInstant(firedAt),
            isOver ? sayInstant(to) : `still ${alert.status}`,
          ],
        }))
      }
    />
  );
}

/** The thrash chart's twin, the newest first; what is not listed had no move. */
export function ThrashTable({ bars }: { bars: readonly ThrashBar[] }) {
  const causes = causesIn(bars);
  return (
    <TableTwin
      of="Moves over time"
      columns={[
        "From",
        "To",
        "Moves",
        "Unintended",
        ...causes.map((cause) => `By ${causeWords[cause].word}`),
      ]}
      rows={() =>
        bars.toReversed().map(({ from, to, transitions, unintended, parts }) => ({
          key: String(from),
          cells: [
            sayInstant(from),
            sayInstant(to),
            transitions,
            unintended,
            ...causes.map((cause) => parts.find((part) => part.cause === cause)?.count ?? 0),
          ],
        }))
      }
    />
  );
}
