"use client";

import type { Machine } from "@/lib/machine/types";
import type { Service } from "@/lib/wire/service";
import type { RunsOn } from "../recovery/recovery-procedure";
import { Icon } from "../ui/icons";
import { Panel } from "../ui/panel";
import { CheckList } from "./check-list";
import { NodeFacts } from "./node-facts";
import { SyncProgress } from "./sync-progress";
import { TunnelConnections } from "./tunnel-connections";
import { TwoTruths } from "./two-truths";
import { silenceOf } from "./unchecked";

interface TruthPanelProps {
  readonly service: Service;
  readonly machine: Machine;
  readonly runsOn: RunsOn;
}

/** What is true now: as the process shows it and as the application says it, with each thing that is verified. */
export function TruthPanel({ service, machine, runsOn }: TruthPanelProps) {
  const { application, contact } = service;
  const isSeen = contact.status === "live";
  const silence = application === null ? silenceOf(service, machine) : null;
  return (
    <Panel
      name="What is true now"
      className="truth overflow-clip"
      tools={!isSeen && <span className="text-xs text-warning">as it was seen last</span>}
    >
      <TwoTruths service={service} runsOn={runsOn} silence={silence} />
      {application !== null && (
        <>
          {application.warning !== null && (
            <p className="flex gap-2.5 border-t border-line px-4 py-2.5 text-sm text-ink">
              <Icon name="alert" size={14} className="mt-0.5 text-warning" />
              <span className="min-w-0">{application.warning}</span>
            </p>
          )}
          {application.sync !== null && <SyncProgress sync={application.sync} />}
          <CheckList checks={application.checks} isSeen={isSeen} />
          {application.tunnel !== null && <TunnelConnections tunnel={application.tunnel} />}
          {application.node !== null && (
            <NodeFacts node={application.node} isValidator={service.validator ?? false} />
          )}
        </>
      )}
      {silence !== null && "checks" in silence && <CheckList checks={silence.checks} isSeen={isSeen} />}
      {silence?.tag === "unchecked" && (
        <p className="border-t border-line px-4 py-2.5 text-xs text-ink-3">
          To have it asked, add <code className="font-mono text-ink-2">health: {'{ http: "http://…" }'}</code>{" "}
          to this service in signalbox.yaml.
        </p>
      )}
    </Panel>
  );
}
