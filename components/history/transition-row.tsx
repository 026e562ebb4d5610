"use client";

import Link from "next/link";
import { memo, useId, useState } from "react";
import { eventLabel } from "@/lib/machine/mermaid";
import type { Transition } from "@/lib/wire/service";
import { causeWords, sayCause } from "../cause/cause-words";
import { useMarkedMove } from "../insight/use-marked-move";
import { Lamp } from "../lamp/lamp";
import { serviceHref } from "../service/service-href";
import { cx } from "../ui/cx";
import { formatExactSpan } from "../ui/format-span";
import { Icon } from "../ui/icons";
import { Instant } from "../ui/instant";
import { Evidence } from "./evidence";

interface TransitionRowProps {
  readonly transition: Transition;
  /** How many columns the opened evidence spans. */
  readonly columns: number;
  readonly today: string | null;
  /** Whether the service stands in the row: where it does not go without saying. */
  readonly ofFleet?: boolean;
}

export const TransitionRow = memo(function TransitionRow({
  transition,
  columns,
  today,
  ofFleet = false,
}: TransitionRowProps) {
  const [open, setOpen] = useState(false);
  const evidence = useId();
  const { at, from, to, event, inFromMs, gapMs, source, declared, inferred } = transition;
  const marked = useMarkedMove(at);
  return (
    <>
      <tr className="history-move" {...marked}>
        <td className="history-when">
          <Instant at={at} today={today} />
        </td>
        {ofFleet && (
          <td className="history-service">
            <ServiceLink id={transition.service} />
          </td>
        )}
        <td className="history-states">
          <span className="flex items-center gap-2 whitespace-nowrap">
            {from === null ? (
              <span className="text-ink-3">first seen</span>
            ) : (
              <StateName state={from} faint />
            )}
            <Icon name="chevron" size={11} className="text-ink-3" />
            <StateName state={to} />
          </span>
        </td>
        <td className="history-event">
          {event === null ? <span className="text-ink-3">no event</span> : eventLabel(event)}
          {!declared && from !== null && (
            <Mark tone="text-warning" word="undeclared" title="The machine has no such edge" />
          )}
          {inferred && (
            <Mark
              tone="text-ink-2"
              word="inferred"
              title="Not seen itself: it must have happened on the way"
            />
          )}
        </td>
        <td className="history-cause">
          <CauseCell transition={transition} />
        </td>
        <td className="history-lasted" title={from === null ? undefined : `Time in ${from}`}>
          {inFromMs !== null && (
            <>
              <span className="history-narrow">after </span>
              {formatExactSpan(inFromMs)}
              <span className="history-narrow"> in {from}</span>
            </>
          )}
          {gapMs > 0 && <span className="block text-ink-3">+ {formatExactSpan(gapMs)} not observed</span>}
        </td>
        <td className="history-source">{source}</td>
        <td className="history-open">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={evidence}
            onClick={() => setOpen(!open)}
            className="grid size-7 place-items-center rounded text-ink-3 hover:bg-hover hover:text-ink"
          >
            <Icon name="chevron" size={12} className={cx("transition-transform", open && "rotate-90")} />
            <span className="sr-only">
              Evidence of move {transition.seq}
              {ofFleet && ` of ${transition.service}`}
            </span>
          </button>
        </td>
      </tr>
      {open && (
        <tr id={evidence}>
          <td colSpan={columns} className="history-evidence">
            <Evidence transition={transition} />
          </td>
        </tr>
      )}
    </>
  );
});

/** Also of a service that left the configuration: its page still shows what was recorded. */
function ServiceLink({ id }: { id: string }) {
  const slash = id.indexOf("/");
  const [host, name] = [id.slice(0, slash), id.slice(slash + 1)];
  return (
    <span>
      <Link
        href={serviceHref({ host, name })}
        prefetch={false}
        className="font-medium text-ink hover:underline"
      >
        {name}
      </Link>{" "}
      <span className="text-xs text-ink-3">{host}</span>
    </span>
  );
}

function StateName({ state, faint = false }: { state: string; faint?: boolean }) {
  return (
    <span className={cx("inline-flex items-center gap-1.5", faint ? "text-ink-2" : "font-medium text-ink")}>
      <Lamp state={state} size={13} />
      {state}
    </span>
  );
}

function CauseCell({ transition: { cause } }: { transition: Transition }) {
  const { icon, word } = causeWords[cause.kind];
  const said = sayCause(cause);
  return (
    <span className="flex items-baseline gap-1.5">
      <Icon name={icon} size={13} className="translate-y-0.5 text-ink-3" />
      <span>
        <span className="history-kind">{word}</span>{" "}
        {cause.detail.includes(said) ? cause.detail : `${said}: ${cause.detail}`}
      </span>
    </span>
  );
}

function Mark({ tone, word, title }: { tone: string; word: string; title: string }) {
  return (
    <span className={cx("ml-1.5 rounded border border-current px-1 text-2xs", tone)} title={title}>
      {word}
    </span>
  );
}
