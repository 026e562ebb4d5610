"use client";

import type { Machine } from "@/lib/machine/types";
import type { Service, Transition } from "@/lib/wire/service";
import type { Operator } from "../commands/use-operator";
import { Panel } from "../ui/panel";
import { QuietPanel } from "./quiet-panel";
import { RecoveryGuide } from "./recovery-guide";
import type { RunsOn } from "./recovery-procedure";

interface RecoveryPanelProps {
  readonly machine: Machine;
  readonly service: Service;
  /** Newest first. */
  readonly transitions: readonly Transition[];
  readonly operator: Operator;
  readonly runsOn: RunsOn;
}

/** In Error the way out of it; else what the specification says of the state the service is in. */
export function RecoveryPanel(props: RecoveryPanelProps) {
  const { machine, service } = props;
  const definition = machine.states.find((state) => state.name === service.state);
  if (service.state === "Error") return <RecoveryGuide definition={definition} {...props} />;
  return (
    <Panel name="Recovery" heading={definition === undefined ? "Recovery" : `About ${definition.name}`}>
      <QuietPanel definition={definition} />
    </Panel>
  );
}
