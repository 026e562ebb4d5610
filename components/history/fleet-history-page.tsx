"use client";

import { Suspense, useDeferredValue, useRef } from "react";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { Message } from "../ui/message";
import { Skeleton } from "../ui/skeleton";
import { useInAddress } from "../ui/use-in-address";
import { ExportLinks } from "./export-links";
import { allOfHistory, isFiltered, readHistoryFilter, writeHistoryFilter } from "./fleet-history-filter";
import { type HistoryChoices, HistoryFilters } from "./history-filters";
import { HistoryTable } from "./history-table";
import { LoadOlder } from "./load-older";
import { type FirstHistory, type FleetHistory, useFleetHistory } from "./use-fleet-history";

export interface FleetHistoryPageProps {
  readonly first: FirstHistory;
  readonly choices: HistoryChoices;
}

/** Every move of every service, newest first, live at the top; the filter stands in the address. */
export function FleetHistoryPage(props: FleetHistoryPageProps) {
  return (
    <Suspense>
      <FleetHistoryView {...props} />
    </Suspense>
  );
}

function FleetHistoryView({ first, choices }: FleetHistoryPageProps) {
  const [filter, change] = useInAddress(readHistoryFilter, writeHistoryFilter);
  const shown = useDeferredValue(filter);
  const list = useRef<HTMLDivElement>(null);
  const history = useFleetHistory(shown, first, list);
  const { status, waiting } = history;

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="mr-auto text-xl font-semibold tracking-tight">History</h1>
        <ExportLinks asked={history.asked} />
      </div>
      <HistoryFilters filter={filter} onChange={change} choices={choices} />
      <section
        ref={list}
        aria-label="History"
        aria-busy={status === "loading" || status === "old"}
        className="history-page relative min-w-0 rounded-lg border border-line bg-surface"
      >
        {waiting > 0 && <Waiting count={waiting} onShow={() => show(history, list.current)} />}
        <div className={cx(status === "old" && "opacity-60")}>
          <Content history={history} filtered={isFiltered(shown)} onClear={() => change(allOfHistory)} />
        </div>
      </section>
    </div>
  );
}

interface ContentProps {
  readonly history: FleetHistory;
  readonly filtered: boolean;
  readonly onClear: () => void;
}

function Content({ history, filtered, onClear }: ContentProps) {
  const { entries, status, failure, retry, loadOlder, loadingOlder } = history;
  if (status === "loading") return <Loading />;
  if (status === "failed" || (failure !== null && entries.length === 0)) {
    return (
      <Message
        title="History could not be read"
        icon={<Icon name="alert" size={20} className="text-error" />}
      >
        <p className="mb-3">{failure} What is recorded is not lost, and recording goes on.</p>
        <div className="flex justify-center gap-2">
          <Button onClick={retry}>Try again</Button>
          {filtered && <Button onClick={onClear}>Show all history</Button>}
        </div>
      </Message>
    );
  }
  if (entries.length === 0) {
    return filtered ? (
      <Message title="No move matches">
        <Button onClick={onClear}>Show all history</Button>
      </Message>
    ) : (
      <Message title="Nothing has moved yet">
        <p>The first move of any service stands here as soon as it is seen.</p>
      </Message>
    );
  }
  return (
    <>
      {!entries.some(({ tag }) => tag === "move") && (
        <p role="status" className="border-b border-line px-4 py-3 text-sm text-ink-2">
          No move {filtered ? "matches" : "was seen"}; these are the times in which nobody looked.
        </p>
      )}
      <HistoryTable entries={entries} ofFleet />
      <LoadOlder loadOlder={loadOlder} loading={loadingOlder} failure={failure} />
    </>
  );
}

/** Stays in sight while one reads further down. */
function Waiting({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div className="pointer-events-none sticky top-[calc(var(--shell-height)+2.75rem)] z-10 h-0 text-center">
      <Button look="primary" size="small" onClick={onShow} className="pointer-events-auto shadow-raised">
        <Icon name="chevron" size={10} className="-rotate-90" />
        {count === 1 ? "1 new move" : `${count} new moves`}
      </Button>
    </div>
  );
}

function show(history: FleetHistory, list: HTMLElement | null): void {
  history.showWaiting();
  if (scrollY > (list?.offsetTop ?? 0)) scrollTo({ top: 0 });
}

function Loading() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((row) => (
        <Skeleton key={row} className="h-6" />
      ))}
    </div>
  );
}
