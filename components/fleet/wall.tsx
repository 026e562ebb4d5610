"use client";

import Link from "next/link";
import { memo } from "react";
import { Lamp } from "../lamp/lamp";
import { lampOf, stateWord } from "../lamp/state-lamps";
import { useService } from "../live/use-fleet";
import { serviceHref } from "../service/service-href";
import type { FleetRow } from "./fleet-rows";

export interface WallProps {
  readonly rows: readonly FleetRow[];
  /** How many services there are in the rows. */
  readonly size: number;
}

/** One lamp per service and nothing else, as large as the number of services allows. */
export function Wall({ rows, size }: WallProps) {
  const edge = size <= 24 ? 168 : size <= 80 ? 116 : size <= 400 ? 64 : 40;
  return (
    <ul
      aria-label="Services"
      className="grid gap-1.5"
      style={{ gridTemplateColumns: `repeat(auto-fill, minmax(${edge}px, 1fr))` }}
    >
      {rows.map((row) => (row.tag === "service" ? <WallLamp key={row.id} id={row.id} edge={edge} /> : null))}
    </ul>
  );
}

const WallLamp = memo(function WallLamp({ id, edge }: { id: string; edge: number }) {
  const service = useService(id);
  if (service === null) return null;
  const observed = service.contact.status === "live";
  const word = observed ? stateWord(service.state) : `${stateWord(service.state)}, not observed`;
  const named = edge >= 100;
  return (
    <li>
      <Link
        href={serviceHref(service)}
        prefetch={false}
        title={`${service.id}: ${word}`}
        aria-label={`${service.name}, ${word}`}
        data-lamp={lampOf(service.state).slug}
        className="wall-lamp"
        style={{ height: edge * 0.72 }}
      >
        <Lamp state={service.state} observed={observed} size={Math.round(edge * (named ? 0.34 : 0.5))} />
        {named && (
          <span className="max-w-full truncate px-2 text-sm font-medium text-ink">{service.name}</span>
        )}
      </Link>
    </li>
  );
});
