"use client";

import { useCallback, useState } from "react";
import type { Machine } from "@/lib/machine/types";
import type { Gap, Service, Transition } from "@/lib/wire/service";
import { ServiceAlerts } from "../alerts/service-alerts";
import { FateSteps } from "../commands/fate-steps";
import { Levers } from "../commands/levers";
import { useOperator } from "../commands/use-operator";
import { StateDiagram } from "../diagram/state-diagram";
import { TransitionHistory } from "../history/transition-history";
import { useHistory } from "../history/use-history";
import { createPointed } from "../insight/pointed";
import { ServiceInsight } from "../insight/service-insight";
import type { Span } from "../insight/span";
import { PointedProvider } from "../insight/use-pointed";
import type { Page } from "../live/read-json";
import { useService } from "../live/use-fleet";
import { ShowMomentProvider } from "../log/log-moment";
import { ServiceLog } from "../log/service-log";
import { ServiceStream } from "../log/service-stream";
import { RecoveryPanel } from "../recovery/recovery-panel";
import type { RunsOn } from "../recovery/recovery-procedure";
import { TruthPanel } from "../truth/truth-panel";
import { useInAddress } from "../ui/use-in-address";
import { CurrentState } from "./current-state";
import { InWords } from "./in-words";
import { ServiceHeader } from "./service-header";
import { readServiceView, writeServiceView } from "./service-view";

export interface ServicePageProps {
  readonly machine: Machine;
  /** As the server read it; the surrounding FleetProvider keeps it true. */
  readonly service: Service;
  /** The newest page of its history, as `GET …/transitions` answers. */
  readonly transitions: Page<Transition>;
  readonly gaps: readonly Gap[];
  /** What the recovery guide's commands are for; a process of Signalbox's own where it is left out. */
  readonly runsOn?: RunsOn;
}

/** One service: its machine live, what is true now, the levers, its history and its log. */
export function ServicePage(props: ServicePageProps) {
  return <ServiceView key={props.service.id} {...props} />;
}

const ownProcess: RunsOn = { tag: "process" };

function ServiceView({
  machine,
  service: rendered,
  transitions,
  gaps,
  runsOn = ownProcess,
}: ServicePageProps) {
  const live = useService(rendered.id);
  const service = live !== null && live.seq >= rendered.seq ? live : rendered;
  const operator = useOperator(service);
  const history = useHistory(service, transitions, gaps);
  const [view, changeView] = useInAddress(readServiceView, writeServiceView);
  const showMoment = useCallback((at: string) => changeView({ at }), [changeView]);
  const showSpan = useCallback((span: Span) => changeView({ span }), [changeView]);
  const [pointed] = useState(createPointed);

  // In Error the way out of it comes first.
  const truth = <TruthPanel key="truth" service={service} machine={machine} runsOn={runsOn} />;
  const recovery = (
    <RecoveryPanel
      key="recovery"
      machine={machine}
      service={service}
      transitions={history.transitions}
      operator={operator}
      runsOn={runsOn}
    />
  );

  return (
    <ServiceStream service={service} level={view.level}>
      <div className="flex flex-col gap-4">
        <ServiceHeader service={service} machine={machine} />
        {live === null && (
          <p role="status" className="rounded-md border border-warning px-4 py-2 text-sm text-ink">
            This service is no longer in the configuration. What was recorded of it stays here.
          </p>
        )}
        <ServiceAlerts service={service} />
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
          {/* Beside what is long it stays in sight: the state and its levers are never scrolled away. */}
          <div className="grid min-w-0 items-start gap-4 md:grid-cols-2 xl:sticky xl:top-[calc(var(--shell-height)+1rem)] xl:col-start-2 xl:row-start-1 xl:max-h-[calc(100dvh-var(--shell-height)-2rem)] xl:grid-cols-1 xl:overflow-y-auto xl:[scrollbar-width:thin]">
            <div className="flex min-w-0 flex-col gap-4">
              <CurrentState service={service} machine={machine} />
              <section aria-label="Commands" className="rounded-lg border border-line bg-surface">
                <div className="p-3">
                  <Levers service={service} operator={operator} />
                </div>
                <FateSteps fate={operator.fate} onDismiss={operator.dismiss} />
              </section>
            </div>
            {service.state === "Error" ? [recovery, truth] : [truth, recovery]}
          </div>
          <div className="flex min-w-0 flex-col gap-4 xl:col-start-1 xl:row-start-1">
            <div className="min-w-0 overflow-clip rounded-lg border border-line bg-surface">
              <StateDiagram
                machine={machine}
                service={service}
                transitions={history.transitions}
                operator={operator}
              />
              <div className="border-t border-line">
                <InWords machine={machine} service={service} />
              </div>
            </div>
            <PointedProvider value={pointed}>
              <ServiceInsight
                machine={machine}
                service={service}
                transitions={history.transitions}
                span={view.span}
                onSpan={showSpan}
              />
              <ShowMomentProvider value={showMoment}>
                <TransitionHistory history={history} />
              </ShowMomentProvider>
            </PointedProvider>
            <ServiceLog service={service} transitions={history.transitions} view={view} onView={changeView} />
          </div>
        </div>
      </div>
    </ServiceStream>
  );
}
