import { Lamp } from "../lamp/lamp";
import { lampOf } from "../lamp/state-lamps";
import { cx } from "../ui/cx";
import { formatExactSpan } from "../ui/format-span";
import { type Share, sayShare } from "./shares";
import "./shares.css";

interface SharesTableProps {
  readonly name: string;
  readonly shares: readonly Share[];
  /** Whether longest and typical stays are known: not of many services together. */
  readonly withStays?: boolean;
}

/** Every state's part of the time: a bar and its numbers. The numbers are the table, the bars go along. */
export function SharesTable({ name, shares, withStays = true }: SharesTableProps) {
  return (
    <table aria-label={name} className="shares" data-stays={withStays}>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col" className="shares-share">
            Share
          </th>
          <th scope="col">Time</th>
          <th scope="col">Entries</th>
          {withStays && (
            <>
              <th scope="col">Longest</th>
              <th scope="col">Typical</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {shares.map((share) => (
          <ShareRow key={share.state ?? ""} share={share} withStays={withStays} />
        ))}
      </tbody>
    </table>
  );
}

function ShareRow({
  share: { state, ms, share, entries, longestMs, typicalMs },
  withStays,
}: {
  share: Share;
  withStays: boolean;
}) {
  return (
    <tr data-lamp={lampOf(state).slug} className={cx(ms === 0 && !entries && "shares-none")}>
      <th scope="row">
        <span className="flex items-center gap-2">
          {state === null ? (
            <span aria-hidden="true" className="shares-unseen" />
          ) : (
            <Lamp state={state} size={14} />
          )}
          {state ?? "Not observed"}
        </span>
        {withStays && longestMs !== null && (
          <span className="shares-narrow">
            longest {formatExactSpan(longestMs)}
            {typicalMs !== null && `, typical ${formatExactSpan(typicalMs)}`}
          </span>
        )}
      </th>
      <td className="shares-share">
        <span aria-hidden="true" className="shares-track">
          <span
            className={cx("shares-bar", state === null && "shares-bar-unseen")}
            style={{ width: `${share * 100}%` }}
          />
        </span>
        <span>{sayShare(share)}</span>
      </td>
      <td>{formatExactSpan(ms)}</td>
      <td>{entries ?? <None />}</td>
      {withStays && (
        <>
          <td>{longestMs === null ? <None /> : formatExactSpan(longestMs)}</td>
          <td>{typicalMs === null ? <None /> : formatExactSpan(typicalMs)}</td>
        </>
      )}
    </tr>
  );
}

function None() {
  return (
    <span className="text-ink-3">
      <span aria-hidden="true">–</span>
      <span className="sr-only">none</span>
    </span>
  );
}
