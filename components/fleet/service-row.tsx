"use client";

import Link from "next/link";
import { memo } from "react";
import type { Service } from "@/lib/wire/service";
import { sayArrival, sayMove } from "../cause/cause-words";
import { FateLine } from "../commands/fate-line";
import { RowLevers } from "../commands/row-levers";
import { type Operator, useOperator } from "../commands/use-operator";
import { FleetStrip } from "../insight/fleet-strips";
import { ThrashMark } from "../insight/thrash-mark";
import { Lamp } from "../lamp/lamp";
import { lampOf, stateWord } from "../lamp/state-lamps";
import { useService, useTransitions } from "../live/use-fleet";
import { serviceHref } from "../service/service-href";
import { syncedShare } from "../service/synced-share";
import { DisagreementMark } from "../truth/disagreement";
import { TickingSpan } from "../ui/ticking-span";
import { Condition } from "./condition";

interface ServiceRowProps {
  readonly id: string;
  /** Where in the list, services only, from 1. */
  readonly position: number;
  /** Whether the host stands beside the name: where it does not go without saying. */
  readonly showHost: boolean;
  /** Distance from the top of the list in pixels. */
  readonly top: number;
}

/** One service of the fleet. Only a change of this service draws it again. */
export const ServiceRow = memo(function ServiceRow({ id, ...rest }: ServiceRowProps) {
  const service = useService(id);
  return service === null ? null : <SeenRow service={service} {...rest} />;
});

function SeenRow({ service, position, showHost, top }: Omit<ServiceRowProps, "id"> & { service: Service }) {
  const operator = useOperator(service);
  return (
    <tr
      aria-rowindex={position + 1}
      data-position={position}
      data-lamp={lampOf(service.state).slug}
      className="fleet-row"
      style={{ translate: `0 ${top}px` }}
    >
      <td className="fleet-name">
        <Lamp
          state={service.state}
          observed={service.contact.status === "live"}
          filled={syncedShare(service)}
        />
        <Link
          href={serviceHref(service)}
          prefetch={false}
          className="truncate font-medium text-ink hover:underline"
        >
          {service.name}
        </Link>
        <Marks service={service} showHost={showHost} />
      </td>
      <td className="fleet-state">
        <span className="font-medium text-state">{stateWord(service.state)}</span>
        {service.since !== null && <TickingSpan since={service.since} className="text-ink-2" />}
      </td>
      <td className="fleet-strip">
        <FleetStrip service={service} />
      </td>
      <td className="fleet-condition">
        <ConditionOrFate service={service} operator={operator} />
      </td>
      <td className="fleet-move">
        <LastMove service={service} />
      </td>
      <td className="fleet-levers">
        <RowLevers service={service} operator={operator} />
      </td>
    </tr>
  );
}

function ConditionOrFate({ service, operator }: { service: Service; operator: Operator }) {
  if (operator.fate !== null) return <FateLine fate={operator.fate} onDismiss={operator.dismiss} />;
  return <Condition service={service} />;
}

function LastMove({ service }: { service: Service }) {
  const [last] = useTransitions(service.id);
  if (service.state === null || service.cause === null) return null;
  const said = last?.seq === service.seq ? sayMove(last) : sayArrival(service.state, service.cause);
  return (
    <span className="truncate" title={service.cause.detail}>
      {said}
    </span>
  );
}

function Marks({ service, showHost }: { service: Service; showHost: boolean }) {
  return (
    <>
      {showHost && <span className="min-w-0 shrink-100000 truncate text-xs text-ink-3">{service.host}</span>}
      {service.kind !== "service" && (
        <span className="min-w-0 shrink-100000 truncate text-xs text-ink-3">{service.kind}</span>
      )}
      <ThrashMark level={service.thrash} />
      <DisagreementMark service={service} />
    </>
  );
}
