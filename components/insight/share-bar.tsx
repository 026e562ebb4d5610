import { lampOf } from "../lamp/state-lamps";
import type { Share } from "./shares";
import "./share-bar.css";

/** All states' parts of the time as one bar; the words beside it say what it shows. */
export function ShareBar({ shares }: { shares: readonly Share[] }) {
  return (
    <span aria-hidden="true" className="share-bar">
      {shares
        .filter(({ ms }) => ms > 0)
        .map(({ state, share }) => (
          <span
            key={state ?? ""}
            data-lamp={lampOf(state).slug}
            data-unseen={state === null || undefined}
            style={{ flexGrow: share }}
          />
        ))}
    </span>
  );
}
