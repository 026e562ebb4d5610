"use client";

import { useQuery } from "@tanstack/react-query";
import type { Health } from "@/lib/wire/health";
import { readJson } from "../live/read-json";
import { useNotices } from "../live/use-fleet";
import { formatBytes } from "../ui/format-bytes";
import { Instant } from "../ui/instant";
import { Panel } from "../ui/panel";
import { TickingSpan } from "../ui/ticking-span";
import { useToday } from "../ui/use-today";
import { EnginePanel } from "./engine-panel";
import { Aside, Build, Fact, Facts, Word } from "./facts";

const everyMs = 5_000;
const counts = new Intl.NumberFormat("en");

/** How Signalbox itself does: engine, database, this web process, configuration. */
export function HealthPage({ health: first }: { health: Health }) {
  const read = useQuery({
    queryKey: ["health"],
    queryFn: ({ signal }) => readJson<Health>("/api/v1/health", signal),
    initialData: first,
    initialDataUpdatedAt: Date.parse(first.at),
    staleTime: everyMs,
    refetchInterval: everyMs,
  });
  const health = read.data;
  const today = useToday();
  const { databaseLostSince, configErrors } = useNotices();
  const { database, web } = health;
  const away = databaseLostSince !== null || read.error !== null;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-xl font-semibold tracking-tight">Health</h1>
        <p className="text-sm text-ink-2">
          How Signalbox itself does, as of <Instant at={health.at} today={today} />.
        </p>
      </div>
      {read.error !== null && (
        <p role="status" className="rounded-md border border-warning px-4 py-2 text-sm text-ink">
          The newest figures could not be read: {read.error.message} These are the last ones.
        </p>
      )}
      <div className="grid items-start gap-4 md:grid-cols-2">
        <EnginePanel health={health} />
        <Panel name="Database">
          <Facts>
            <Fact word="Reachable">
              <Word good={!away}>{away ? "no" : "yes"}</Word>
              {databaseLostSince !== null ? (
                <Aside>
                  since <TickingSpan since={databaseLostSince} />
                </Aside>
              ) : (
                !away && <Aside>answered all this in {database.answeredInMs} ms</Aside>
              )}
            </Fact>
            <Fact word="Server">PostgreSQL {database.version}</Fact>
            <Fact word="Size">{formatBytes(database.bytes)}</Fact>
            <Fact word="History">
              {formatBytes(database.historyBytes)}
              <Aside>
                {database.transitionsEstimated && "about "}
                {counts.format(database.transitions)} transitions
              </Aside>
            </Fact>
          </Facts>
        </Panel>
        <Panel name="Web process">
          <Facts>
            <Fact word="Running">
              for <TickingSpan since={web.startedAt} />
            </Fact>
            <Fact word="Memory">{formatBytes(web.memoryBytes)}</Fact>
            <Fact word="Live streams">
              {counts.format(web.subscribers)}
              <Aside>all tabs of a browser share one</Aside>
            </Fact>
            <Fact word="Feed">
              position {web.feedPosition}
              <Aside>{formatBytes(web.feedBytes)} kept for those who connect again</Aside>
            </Fact>
            <Build build={web.build} />
          </Facts>
        </Panel>
        <Panel name="Configuration">
          <Facts>
            <Fact word="In force">
              <Word good={configErrors.length === 0}>
                {configErrors.length === 0 ? "as the file says" : "the last good one"}
              </Word>
            </Fact>
            {configErrors.length > 0 && (
              <Fact word="Errors">
                <ul className="font-mono text-xs">
                  {configErrors.map((error) => (
                    <li key={error}>{error}</li>
                  ))}
                </ul>
              </Fact>
            )}
          </Facts>
        </Panel>
      </div>
    </div>
  );
}
