"use client";

import type { Machine } from "@/lib/machine/types";
import type { Service } from "@/lib/wire/service";
import { Lamp } from "../lamp/lamp";
import { lampOf, stateWord } from "../lamp/state-lamps";
import { DisagreementBanner } from "../truth/disagreement";
import { sayShortfall } from "../truth/health-detail";
import { HealthWords } from "../truth/health-words";
import { cx } from "../ui/cx";
import { Fact } from "../ui/fact";
import { Instant } from "../ui/instant";
import { TickingSpan } from "../ui/ticking-span";
import { Uses } from "../uses/uses";
import { Lasting } from "./lasting";
import { syncedShare } from "./synced-share";

/** What is true now: said politely when it changes, silent while it only lasts. */
export function CurrentState({ service, machine }: { service: Service; machine: Machine }) {
  const { state, since, contact, health, load, activity } = service;
  const observed = contact.status === "live";
  const shortfall = state === "Stopped" ? null : sayShortfall(health);
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
              {shortfall !== null && <span className="text-lg text-warning">, {shortfall}</span>}
            </p>
            {since !== null && <Lasting service={service} since={since} machine={machine} />}
          </div>
        </div>
        <DisagreementBanner service={service} />
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 border-t border-line px-4 py-3 text-sm">
          {activity !== null && <Fact word="Activity">{activity}</Fact>}
          <Fact word="Health">
            <HealthWords health={health} />
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
