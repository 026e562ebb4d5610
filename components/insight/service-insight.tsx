"use client";

import dynamic from "next/dynamic";
import { Panel } from "../ui/panel";
import type { ServiceChartsProps } from "./service-charts";
import { ChartSkeleton } from "./skeletons";

/** The charts come after what is needed at once: the state and its levers do not wait for them. */
export const ServiceInsight = dynamic<ServiceChartsProps>(
  () => import("./service-charts").then(({ ServiceCharts }) => ServiceCharts),
  { ssr: false, loading: () => <Waiting /> },
);

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
