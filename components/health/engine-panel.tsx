"use client";

import { useCallback } from "react";
import type { EngineReport, Health } from "@/lib/wire/health";
import { useTicking } from "../ui/clock";
import { formatBytes } from "../ui/format-bytes";
import { Panel } from "../ui/panel";
import { TickingSpan } from "../ui/ticking-span";
import { Aside, Build, Fact, Facts, Word } from "./facts";

/** It reports every ten seconds; two reports that did not come mean that it does not. */
const reportsWithinMs = 25_000;
/** It says every second that it sees a host; what is shown here was read up to ten seconds ago. */
const observesWithinMs = 15_000;

/** The engines that were heard lately, and when one of them last said that it sees its host. */
export function EnginePanel({ health: { engines, observedUntil, web } }: { health: Health }) {
  const [last] = engines;
  const running = useIsSince(last?.heardAt ?? null, reportsWithinMs);
  const observing = useIsSince(observedUntil, observesWithinMs);
  const shown = engines.filter(({ heardAt }) => isNear(heardAt, last?.heardAt));
  return (
    <Panel name="Engine">
      <Facts>
        <Fact word="Heard">
          <Word good={running}>{running ? "yes" : "no"}</Word>
          {last !== undefined && (
            <Aside>
              it reported <TickingSpan since={last.heardAt} /> ago
            </Aside>
          )}
        </Fact>
        <Fact word="Observing">
          <Word good={observing}>{observing ? "yes" : "no"}</Word>
          {observedUntil !== null && (
            <Aside>
              it last saw its hosts <TickingSpan since={observedUntil} /> ago
            </Aside>
          )}
        </Fact>
        {shown.map((engine) => (
          <EngineFacts key={engine.id} engine={engine} isOtherBuild={engine.build !== web.build} />
        ))}
      </Facts>
    </Panel>
  );
}

function EngineFacts({ engine, isOtherBuild }: { engine: EngineReport; isOtherBuild: boolean }) {
  return (
    <>
      <Fact word="Process">
        {engine.id}
        <Aside>
          running for <TickingSpan since={engine.startedAt} />
        </Aside>
      </Fact>
      <Fact word="Memory">{formatBytes(engine.memoryBytes)}</Fact>
      <Fact word="Waiting">
        <Word good={engine.waiting < 1_000}>{engine.waiting}</Word>
        <Aside>seen and not yet written</Aside>
      </Fact>
      <Build build={engine.build} />
      {isOtherBuild && (
        <Fact word="">
          <span className="text-warning">Not the build of the web process.</span>
        </Fact>
      )}
    </>
  );
}

function useIsSince(instant: string | null, withinMs: number): boolean {
  return useTicking(
    useCallback(
      (_now: number, serverNow: number) => instant !== null && serverNow - Date.parse(instant) < withinMs,
      [instant, withinMs],
    ),
  );
}

/** Engines that reported about when the last one did run beside it; older ones are gone. */
function isNear(heardAt: string, last: string | undefined): boolean {
  return last !== undefined && Date.parse(last) - Date.parse(heardAt) < reportsWithinMs;
}
