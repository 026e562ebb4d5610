"use client";

import Link from "next/link";
import { useId, useState } from "react";
import type { Host } from "@/lib/wire/host";
import type { Service } from "@/lib/wire/service";
import { Lamp } from "../lamp/lamp";
import { compareStates, stateWord } from "../lamp/state-lamps";
import { cx } from "../ui/cx";
import { Fact } from "../ui/fact";
import { Icon } from "../ui/icons";
import { Instant } from "../ui/instant";
import { Panel } from "../ui/panel";
import { TickingSpan } from "../ui/ticking-span";
import { useToday } from "../ui/use-today";
import { HostFacts } from "./host-facts";
import { HostGaps } from "./host-gaps";

interface HostPanelProps {
  readonly host: Host;
  readonly services: readonly Service[];
  /** Whether its gaps are shown from the beginning. */
  readonly gapsOpen: boolean;
}

/** One host: its contact, what is on it in which state, and its gaps. */
export function HostPanel({ host, services, gapsOpen }: HostPanelProps) {
  const [open, setOpen] = useState(gapsOpen);
  const gaps = useId();
  const today = useToday();
  const { id, platform, contact, observedUntil, facts } = host;
  const seen = contact.status === "live";
  return (
    <Panel
      name={id}
      className={cx(!seen && "border-warning")}
      tools={<span className="text-xs text-ink-3">{platform}</span>}
    >
      <dl className={cx("grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 px-4 py-3 text-sm", !seen && "hatched")}>
        <Fact word="Contact">
          <span className={cx("rounded bg-surface font-medium", seen ? "text-good" : "text-warning")}>
            {contactWords[contact.status]}
          </span>
          {contact.since !== null && (
            <span className="rounded bg-surface text-ink-2">
              {" "}
              for <TickingSpan since={contact.since} />, since <Instant at={contact.since} today={today} />
            </span>
          )}
        </Fact>
        {contact.reason !== null && (
          <Fact word="Why not">
            <span className="rounded bg-surface">{contact.reason}</span>
          </Fact>
        )}
        {!seen && observedUntil !== null && (
          <Fact word="Seen until">
            <span className="rounded bg-surface">
              <Instant at={observedUntil} today={today} />
            </span>
          </Fact>
        )}
        {facts !== null && <HostFacts facts={facts} />}
        <Fact word="Services">
          {services.length === 0 ? (
            <span className="text-ink-2">none</span>
          ) : (
            <Counts host={id} services={services} />
          )}
        </Fact>
      </dl>
      <div className="border-t border-line">
        <h3>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={gaps}
            onClick={() => setOpen(!open)}
            className="flex h-9 w-full items-center gap-2 rounded-lg px-4 text-sm text-ink-2 hover:bg-hover hover:text-ink"
          >
            <Icon name="chevron" size={12} className={cx("transition-transform", open && "rotate-90")} />
            Gaps<span className="sr-only"> of {id}</span>
          </button>
        </h3>
        <div id={gaps}>{open && <HostGaps host={host} />}</div>
      </div>
    </Panel>
  );
}

const contactWords: Readonly<Record<Host["contact"]["status"], string>> = {
  live: "observed now",
  lost: "not observed",
  never: "never reached yet",
};

/** How many of its services are in each state, each leading to those in the fleet. */
function Counts({ host, services }: { host: string; services: readonly Service[] }) {
  const counts = new Map<string | null, number>();
  for (const { state } of services) counts.set(state, (counts.get(state) ?? 0) + 1);
  const states = [...counts].sort(([left], [right]) => compareStates(left, right));
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {states.map(([state, count]) => (
        <li key={stateWord(state)}>
          <Link
            href={`/?${new URLSearchParams({ state: stateWord(state), q: `${host}/` })}`}
            prefetch={false}
            className="inline-flex min-h-6 items-center gap-1.5 hover:underline"
          >
            <Lamp state={state} size={12} />
            <span className="font-semibold">{count}</span> {stateWord(state)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
