"use client";

import { useCallback } from "react";
import type { Alert } from "@/lib/wire/alert";
import { OpenAlerts } from "../alerts/service-alerts";
import { Message } from "../ui/message";
import { Panel } from "../ui/panel";
import { ChainFacts } from "./chain-facts";
import { GroupHeader } from "./group-header";
import { MemberTable } from "./member-table";
import { QuorumPanel } from "./quorum-panel";
import { useGroup, useGroups } from "./use-group";
import { useKeepRunning } from "./use-keep-running";
import "./groups.css";

const nobody: readonly string[] = [];

/** One group: who of it runs, how its chain stands where it has one, and each of its members. */
export function GroupPage({ name }: { name: string }) {
  const ids = useGroups().get(name) ?? nobody;
  const keepRunning = useKeepRunning(name);
  return <GroupView key={name} name={name} ids={ids} keepRunning={keepRunning} />;
}

interface GroupViewProps {
  readonly name: string;
  readonly ids: readonly string[];
  readonly keepRunning: number | null;
}

function GroupView({ name, ids, keepRunning }: GroupViewProps) {
  const { members, running, unseen, quorum, chain } = useGroup(ids);
  const isShown = useCallback((alert: Alert) => alert.service === null && alert.group === name, [name]);
  return (
    <div className="flex flex-col gap-4">
      <GroupHeader
        name={name}
        members={members}
        running={running}
        unseen={unseen}
        keepRunning={keepRunning}
      />
      <OpenAlerts of="group" isShown={isShown} asked={{ group: name }} />
      {quorum !== null && <QuorumPanel members={members} quorum={quorum} chain={chain} />}
      {quorum === null && chain !== null && (
        <Panel name="Chain">
          <div className="px-4 py-3">
            <ChainFacts chain={chain} />
          </div>
        </Panel>
      )}
      {members.length > 0 ? (
        <MemberTable members={members} head={chain?.height ?? null} />
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <Message title="Nothing belongs to this group any more">
            <p>Its services were taken out of the configuration, or moved to another group.</p>
          </Message>
        </div>
      )}
    </div>
  );
}
