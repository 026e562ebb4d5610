"use client";

import { Panel } from "../ui/panel";
import { useLoaded } from "../ui/use-loaded";
import type { ServiceChartsProps } from "./service-charts";
import { ChartSkeleton } from "./skeletons";

const loadCharts = () => import("./service-charts").then(({ ServiceCharts }) => ServiceCharts);

/** The charts come after what is needed at once: the state and its levers do not wait for them. */
export function ServiceInsight(props: ServiceChartsProps) {
  const Charts = useLoaded(loadCharts);
  return Charts === null ? <Waiting /> : <Charts {...props} />;
}

function Waiting() {
  return (
    <>
      <Panel name="Time in state">
        <div className="px-4 py-3">
          <ChartSkeleton height={380} />
        </div>
      </Panel>
      <Panel name="Thrash">
        <div className="px-4 py-3">
          <ChartSkeleton height={210} />
        </div>
      </Panel>
    </>
  );
}
