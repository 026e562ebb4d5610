"use client";

import { Suspense, useDeferredValue, useMemo, useRef } from "react";
import type { Alert } from "@/lib/wire/alert";
import { useAlertsKnown, useOpenAlerts } from "../live/use-fleet";
import { Panel } from "../ui/panel";
import { useInAddress } from "../ui/use-in-address";
import {
  type AlertFilter,
  allAlerts,
  isFiltered,
  isShown,
  readAlertFilter,
  writeAlertFilter,
} from "./alert-filter";
import { AlertFilters } from "./alert-filters";
import { AlertList } from "./alert-list";
import { firingAlerts, heldAlerts } from "./alert-order";
import { ExpectedPanel } from "./expected-panel";
import { FiringPanel } from "./firing-panel";
import { PastPanel } from "./past-panel";
import { PendingPanel } from "./pending-panel";
import { SilencingProvider } from "./silencing";
import { usePastAlerts } from "./use-past-alerts";
import { useRowKeys } from "./use-row-keys";

/** Everything that needs a person, what is held back and why, and what was; the filter stands in the address. */
export function AlertsPage() {
  return (
    <Suspense>
      <SilencingProvider>
        <AlertsView />
      </SilencingProvider>
    </Suspense>
  );
}

function AlertsView() {
  const [filter, change] = useInAddress(readAlertFilter, writeAlertFilter);
  const shown = useDeferredValue(filter);
  const open = useOpenAlerts();
  const { firing, held } = useShown(open, shown);
  const past = usePastAlerts(shown);
  const known = useAlertsKnown();
  const field = useRef<HTMLDivElement>(null);
  const keys = useRowKeys(field);
  const everyone = useMemo(() => [...open, ...past.alerts], [open, past.alerts]);
  const clear = () => change(allAlerts);

  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-xl font-semibold tracking-tight">Alerts</h1>
      <AlertFilters filter={filter} onChange={change} alerts={everyone} />
      <div
        ref={field}
        tabIndex={-1}
        {...keys}
        className="grid items-start gap-4 outline-none xl:grid-cols-[minmax(0,1fr)_minmax(20rem,24rem)] xl:grid-rows-[auto_1fr]"
      >
        <div className="flex min-w-0 flex-col gap-4">
          <FiringPanel
            firing={firing}
            open={open}
            last={past.alerts[0] ?? null}
            known={known}
            filtered={isFiltered(shown)}
            onClear={clear}
          />
          <PendingPanel filter={shown} />
          {held.length > 0 && (
            <Panel
              name="Acknowledged and silenced"
              tools={<span className="text-xs text-ink-3">{held.length}</span>}
            >
              <AlertList name="Acknowledged and silenced alerts" alerts={held} />
            </Panel>
          )}
        </div>
        {/* On a phone it comes before what was, which has no end. */}
        <div className="min-w-0 xl:col-start-2 xl:row-span-2 xl:row-start-1">
          <ExpectedPanel />
        </div>
        <PastPanel past={past} filtered={isFiltered(shown)} onClear={clear} />
      </div>
    </div>
  );
}

function useShown(open: readonly Alert[], filter: AlertFilter) {
  return useMemo(() => {
    const shown = open.filter((alert) => isShown(filter, alert));
    return { firing: firingAlerts(shown), held: heldAlerts(shown) };
  }, [open, filter]);
}
