"use client";

import type { ReactNode } from "react";
import type { Machine } from "@/lib/machine/types";
import type { Service } from "@/lib/wire/service";
import { Lamp } from "../lamp/lamp";
import { lampOf, stateWord } from "../lamp/state-lamps";
import { cx } from "../ui/cx";
import { Instant } from "../ui/instant";
import { TickingSpan } from "../ui/ticking-span";
import { Uses } from "../uses/uses";
import { Lasting } from "./lasting";
import { syncedShare } from "./synced-share";

const healthInks: Readonly<Record<Service["health"]["status"], string>> = {
  ok: "text-good",
  degraded: "text-warning",
  failing: "text-error",
  unknown: "text-ink-2",
};

/** What is true now: said politely when it changes, silent while it only lasts. */
export function CurrentState({ service, machine }: { service: Service; machine: Machine }) {
  const { state, since, contact, health, process, load, activity } = service;
  const observed = contact.status === "live";
  return (
    <div
      data-lamp={lampOf(state).slug}
      className={cx("rounded-lg border bg-surface", state === "Error" ? "border-state" : "border-line")}
    >
      <div role="status" aria-label="Current state">
        <div className={cx("flex items-center gap-3.5 rounded-t-lg px-4 py-4", !observed && "hatched")}>
          <Lamp state={state} observed={observed} filled={syncedShare(service)} size={34} />
          <div className="min-w-0">
            <p className="text-2xl leading-tight font-semibold tracking-tight text-state">
              {stateWord(state)}
            </p>
            {since !== null && <Lasting service={service} since={since} machine={machine} />}
          </div>
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 border-t border-line px-4 py-3 text-sm">
          {activity !== null && <Fact word="Activity">{activity}</Fact>}
          <Fact word="Health">
            <span className={cx("font-medium", healthInks[health.status])}>{health.status}</span>
            {health.have !== undefined && health.want !== undefined && (
              <>
                ,{" "}
                <span className="font-semibold">
                  {health.have} of {health.want}
                </span>
              </>
            )}
            {health.detail !== "" && <span className="text-ink-2"> · {health.detail}</span>}
          </Fact>
          <Fact word="Process">
            {process.state}
            {process.detail !== "" && <span className="text-ink-2"> · {process.detail}</span>}
          </Fact>
          {load !== "loaded" && <Fact word="Loaded">{load}</Fact>}
          <Fact word="Contact">
            <ContactWords contact={contact} />
          </Fact>
        </dl>
      </div>
      <Uses />
    </div>
  );
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{word}</dt>
      <dd className="min-w-0 text-ink">{children}</dd>
    </>
  );
}

function ContactWords({ contact }: { contact: Service["contact"] }) {
  switch (contact.status) {
    case "live":
      return "observed now";
    case "lost":
      return (
        <span className="text-warning">
          not observed
          {contact.since !== null && (
            <>
              {" "}
              since <Instant at={contact.since} /> (<TickingSpan since={contact.since} />)
            </>
          )}
          {contact.reason !== null && <span className="block text-ink-2">{contact.reason}</span>}
        </span>
      );
    case "never":
      return (
        <span className="text-warning">
          never reached yet{contact.reason !== null && `: ${contact.reason}`}
        </span>
      );
  }
}
