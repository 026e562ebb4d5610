"use client";

import { memo, useId, useState } from "react";
import type { Alert } from "@/lib/wire/alert";
import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { TickingSpan } from "../ui/ticking-span";
import { AlertEvents } from "./alert-events";
import { AlertLink, AlertStand } from "./alert-facts";
import { AlertLevers } from "./alert-levers";
import { summaryBeside } from "./alert-words";
import { SeverityMark } from "./severity-mark";
import { useAlertLevers } from "./use-alert-levers";

interface AlertRowProps {
  readonly alert: Alert;
  readonly today: string | null;
  /** One of very many: why and what to do are a press away. */
  readonly dense: boolean;
}

/** One alert. What fires says at once why and what to do; of the others that is a press away. */
export const AlertRow = memo(function AlertRow({ alert, today, dense }: AlertRowProps) {
  const [open, setOpen] = useState(false);
  const levers = useAlertLevers(alert);
  const more = useId();
  const { severity, status, summary, since, why, todo } = alert;
  const fires = status === "firing";
  return (
    <li data-alert={alert.id} data-severity={severity} data-status={status} className="alert-row">
      <div className="alert-severity">
        <SeverityMark severity={severity} faint={!fires} />
      </div>
      <div className="alert-words">
        <p className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
          <AlertLink alert={alert} />
          <span className={cx(fires ? "text-ink" : "text-ink-2")}>{summaryBeside(alert)}</span>
          {fires && dense && !open && <span className="text-ink-2">{why}</span>}
        </p>
        {((fires && !dense) || open) && (
          <dl className="alert-why">
            <dt>Why</dt>
            <dd>{why}</dd>
            <dt>Do</dt>
            <dd className="text-ink">{todo}</dd>
          </dl>
        )}
        <AlertStand alert={alert} today={today} />
        {levers.problem !== null && (
          <p role="alert" className="text-xs text-error">
            {levers.problem}
          </p>
        )}
        <div id={more}>{open && <AlertEvents alert={alert} today={today} />}</div>
      </div>
      <div className="alert-since">
        {status === "resolved" ? null : (
          <>
            <span className="text-ink-3">for </span>
            <TickingSpan since={since} className={cx(fires && "font-medium text-ink")} />
          </>
        )}
      </div>
      <div className="alert-levers">
        {status !== "resolved" && <AlertLevers alert={alert} levers={levers} />}
        <button
          type="button"
          aria-expanded={open}
          aria-controls={more}
          onClick={() => setOpen(!open)}
          className="grid size-7 place-items-center rounded text-ink-3 hover:bg-hover hover:text-ink"
        >
          <Icon name="chevron" size={12} className={cx("transition-transform", open && "rotate-90")} />
          <span className="sr-only">History of {summary}</span>
        </button>
      </div>
    </li>
  );
});
