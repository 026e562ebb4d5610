"use client";

import Link from "next/link";
import { Lamp } from "../lamp/lamp";
import { stateWord } from "../lamp/state-lamps";
import { useFleetIndex } from "../live/use-fleet";
import { serviceHref } from "../service/service-href";

const named = 24;

/** The services that follow a machine, with the state that each is in now. */
export function Followers({ kind }: { kind: string }) {
  const services = useFleetIndex(true).filter((service) => service.kind === kind);
  const rest = services.length - named;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-t border-line px-4 py-3 text-sm">
      <h3 className="text-xs font-medium text-ink-3">
        {services.length === 0
          ? "No service follows it"
          : services.length === 1
            ? "1 service follows it"
            : `${services.length} services follow it`}
      </h3>
      {services.slice(0, named).map((service) => (
        <Link
          key={service.id}
          href={serviceHref(service)}
          prefetch={false}
          title={`${service.id}: ${stateWord(service.state)}`}
          className="inline-flex min-h-6 items-center gap-1.5 text-ink hover:underline"
        >
          <Lamp state={service.state} observed={service.contact.status === "live"} size={12} />
          {service.name}
          <span className="sr-only">, {stateWord(service.state)}</span>
        </Link>
      ))}
      {rest > 0 && (
        <Link href="/?by=kind" prefetch={false} className="text-accent underline underline-offset-3">
          and {rest} more
        </Link>
      )}
    </div>
  );
}
