import { eventLabel } from "@/lib/machine/mermaid";
import type { TransitionDefinition } from "@/lib/machine/types";
import { Lamp } from "../lamp/lamp";
import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { edgeAnchor, stateAnchor } from "./anchors";

interface EdgeEntryProps {
  readonly kind: string;
  readonly edge: TransitionDefinition;
}

/** A transition: where from and to, by what, whose it is, and all that is said of it. */
export function EdgeEntry({ kind, edge }: EdgeEntryProps) {
  const { from, to, event, by, origin, why, condition, action, verification, recovery } = edge;
  const isPractical = origin === "practical";
  const prose = [
    ["Condition", condition],
    ["Action", action],
    ["Verification", verification],
    ["Recovery", recovery],
    ["Why", why],
  ].filter((line): line is [string, string] => line[1] !== undefined);
  return (
    <li
      id={edgeAnchor(kind, edge)}
      tabIndex={-1}
      data-origin={origin}
      className="machine-anchor machine-edge border-t border-line px-4 py-2.5 text-sm first:border-0"
    >
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="sr-only">{from}</span>
        <Icon name="chevron" size={11} className="text-ink-3" />
        <a
          href={`#${stateAnchor(kind, to)}`}
          className="inline-flex items-center gap-1.5 font-medium text-ink hover:underline"
        >
          <Lamp state={to} size={13} />
          {to}
        </a>
      </p>
      <p className="font-mono text-xs text-ink">{eventLabel(event)}</p>
      <p className="flex flex-wrap gap-1.5 text-2xs">
        <span className="rounded border border-line-strong px-1.5 text-ink-2">
          {by === "operator" ? "an operator asks" : "observed"}
        </span>
        <span
          className={cx(
            "rounded border px-1.5 text-ink-2",
            isPractical ? "border-dashed border-ink-3" : "border-line-strong",
          )}
        >
          {origin}
        </span>
      </p>
      {prose.length === 0 && (
        <p className="machine-prose text-ink-3">The specification says no more of it.</p>
      )}
      <dl className="machine-prose text-ink-2 empty:hidden">
        {prose.map(([word, said]) => (
          <div key={word} className="flex gap-2">
            <dt className="w-20 shrink-0 text-xs leading-5 text-ink-3">{word}</dt>
            <dd className="min-w-0">{said}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
