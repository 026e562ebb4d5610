"use client";

import Link from "next/link";
import { memo } from "react";
import { chainsWord } from "@/lib/insight/chains-word";
import type { Service } from "@/lib/wire/service";
import { FateLine } from "../commands/fate-line";
import { RowLevers } from "../commands/row-levers";
import { useOperator } from "../commands/use-operator";
import { Condition } from "../fleet/condition";
import { ThrashMark } from "../insight/thrash-mark";
import { Lamp } from "../lamp/lamp";
import { lampOf, stateWord } from "../lamp/state-lamps";
import { serviceHref } from "../service/service-href";
import { syncedShare } from "../service/synced-share";
import { DisagreementMark } from "../truth/disagreement";
import { TickingSpan } from "../ui/ticking-span";
import { HeightCell, PeersCell, ProposedCell } from "./chain-cells";
import type { MemberColumns } from "./member-columns";
import { partOf } from "./members";
import { PartMark } from "./part-mark";

interface MemberRowProps {
  readonly service: Service;
  readonly columns: MemberColumns;
  /** The highest block of the group. */
  readonly head: number | null;
}

/** One member of a group. Only a change of this one, or of the group's head, draws it again. */
export const MemberRow = memo(function MemberRow({ service, columns, head }: MemberRowProps) {
  const operator = useOperator(service);
  const { name, host, state, since, contact, application, thrash } = service;
  const observed = contact.status === "live";
  return (
    <tr data-lamp={lampOf(state).slug} data-observed={observed} className="member-row">
      <td className="member-name">
        <Lamp state={state} observed={observed} filled={syncedShare(service)} />
        <Link
          href={serviceHref(service)}
          prefetch={false}
          className="truncate font-medium text-ink hover:underline"
        >
          {name}
        </Link>
        {columns.host && <span className="min-w-0 shrink-100000 truncate text-xs text-ink-3">{host}</span>}
        <ThrashMark level={thrash} />
        <DisagreementMark service={service} />
      </td>
      <td className="member-state">
        <span className="font-medium text-state">{stateWord(state)}</span>
        {since !== null && <TickingSpan since={since} className="text-ink-2" />}
      </td>
      {columns.validators && (
        <td className="member-part">
          <PartMark
            part={partOf(service)}
            isRuledOut={chainsWord(application?.node) === false}
            tip={application?.node?.participation || undefined}
          />
        </td>
      )}
      {columns.validators && (
        <td className="member-proposed" data-word="Proposed">
          <ProposedCell node={application?.node ?? null} />
        </td>
      )}
      {columns.nodes && (
        <td className="member-height" data-word="Height">
          <HeightCell service={service} head={head} />
        </td>
      )}
      {columns.nodes && (
        <td className="member-peers" data-word="Peers">
          <PeersCell node={application?.node ?? null} />
        </td>
      )}
      <td className="member-condition">
        {operator.fate === null ? (
          <Condition service={service} />
        ) : (
          <FateLine fate={operator.fate} onDismiss={operator.dismiss} />
        )}
      </td>
      <td className="member-levers">
        <RowLevers service={service} operator={operator} />
      </td>
    </tr>
  );
});
