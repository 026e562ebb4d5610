import type { ReactNode } from "react";
import type { Application } from "@/lib/wire/application";
import type { Service } from "@/lib/wire/service";
import type { RunsOn } from "../recovery/recovery-procedure";
import { capital } from "../ui/capital";
import { cx } from "../ui/cx";
import { disagreementOf } from "./disagreement-of";
import { healthInks } from "./health-words";
import type { Silence } from "./unchecked";
import "./truth.css";

interface TwoTruthsProps {
  readonly service: Service;
  readonly runsOn: RunsOn;
  /** Null where the application speaks. */
  readonly silence: Silence | null;
}

/** What the process does and what the application says, side by side. */
export function TwoTruths({ service, runsOn, silence }: TwoTruthsProps) {
  const { process, application, health, contact } = service;
  const disagree = disagreementOf(service) !== null;
  const isSeen = contact.status === "live";
  const ink = disagree ? "text-warning" : isSeen ? healthInks[health.status] : "text-ink-2";
  return (
    <div className={cx("truth-both text-sm", !isSeen && "hatched")}>
      <Truth title="Process">
        <p className="text-ink">
          {runsOn.tag === "systemd" && <span className="text-ink-2">systemd: </span>}
          <span className="font-medium">{process.state}</span>
          {process.detail !== "" && <span className="text-ink-2">, {process.detail}</span>}
        </p>
      </Truth>
      <Truth title="Application" loud={disagree}>
        {application === null ? (
          <p className="text-ink-2">{silence !== null && silenceWords[silence.tag]}</p>
        ) : (
          <>
            <p className={cx("font-medium", ink)}>{capital(application.says)}</p>
            <p className="mt-0.5 text-xs text-ink-3">{sayAsked(application)}</p>
          </>
        )}
      </Truth>
    </div>
  );
}

const silenceWords: Readonly<Record<Silence["tag"], string>> = {
  nobody: "There is nobody to ask now.",
  "not-yet": "It has not said anything yet.",
  health: "Only its health check is asked.",
  unchecked: "It is not asked: no health check is configured.",
};

function sayAsked({ asked, from }: Application): string {
  if (asked === null) return "Not asked itself: its log and other nodes speak for it.";
  return `Asked from ${from === "here" ? "here" : "its host"}: ${asked}`;
}

function Truth({ title, loud = false, children }: { title: string; loud?: boolean; children: ReactNode }) {
  return (
    <div
      className={cx(
        "min-w-0 border-line px-4 py-3 [overflow-wrap:anywhere] not-first:border-l",
        loud && "bg-[color-mix(in_oklab,var(--warning)_7%,var(--surface))]",
      )}
    >
      <h3 className="mb-1 text-xs font-medium text-ink-3">{title}</h3>
      {children}
    </div>
  );
}
