"use client";

import Link from "next/link";
import { useCallback, useMemo, useRef } from "react";
import type { Alert } from "@/lib/wire/alert";
import type { Service } from "@/lib/wire/service";
import { useOpenAlerts } from "../live/use-fleet";
import { Panel } from "../ui/panel";
import { AlertList } from "./alert-list";
import { firingAlerts, heldAlerts } from "./alert-order";
import { SilencingProvider } from "./silencing";
import { useRowKeys } from "./use-row-keys";

/** The open alerts of one service, and those of its host and its group as a whole; nothing where there are none. */
export function ServiceAlerts({ service }: { service: Service }) {
  const { id, host, group } = service;
  const isShown = useCallback((alert: Alert) => concerns(alert, id, host, group), [id, host, group]);
  return <OpenAlerts of="service" isShown={isShown} asked={{ service: id }} />;
}

interface OpenAlertsProps {
  /** What they are about: "service". */
  readonly of: string;
  /** Must stay the same function while it picks the same ones. */
  readonly isShown: (alert: Alert) => boolean;
  /** The filter of the alerts' page that shows all of them. */
  readonly asked: Readonly<Record<string, string>>;
}

/** Open alerts about one thing, on its own page; nothing where there are none. */
export function OpenAlerts({ of, isShown, asked }: OpenAlertsProps) {
  const open = useOpenAlerts();
  const field = useRef<HTMLDivElement>(null);
  const keys = useRowKeys(field);
  const shown = useMemo(() => {
    const concern = open.filter(isShown);
    return [...firingAlerts(concern), ...heldAlerts(concern)];
  }, [open, isShown]);
  return (
    // It stays when the last alert goes: somebody may still be typing in its dialog.
    <SilencingProvider>
      {shown.length > 0 && (
        <Panel
          name="Alerts"
          tools={
            <Link
              href={`/alerts?${new URLSearchParams(asked)}`}
              className="text-xs text-ink-2 hover:text-ink hover:underline"
            >
              All of this {of}
            </Link>
          }
        >
          <div ref={field} tabIndex={-1} {...keys} className="outline-none">
            <AlertList name={`Alerts of this ${of}`} alerts={shown} />
          </div>
        </Panel>
      )}
    </SilencingProvider>
  );
}

function concerns(alert: Alert, id: string, host: string, group: string | null): boolean {
  if (alert.service !== null) return alert.service === id;
  return alert.group === null ? alert.host === host : alert.group === group;
}
