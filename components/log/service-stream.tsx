"use client";

import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import type { LogLine, Service } from "@/lib/wire/service";
import { serviceApi } from "../service/service-href";
import { useIsVisible } from "../ui/use-is-visible";
import { noReadings, type UsageTrail, withReading } from "../uses/usage-trail";
import { type LogLevel, levelQuery } from "./log-view";
import { openStream } from "./open-stream";
import { useTurn } from "./use-turn";

const kept = 2_000;

export interface Log {
  readonly lines: readonly LogLine[];
  readonly status: "loading" | "waiting" | "following" | "ended" | "broken";
  readonly failure: string | null;
}

/** What the service uses and used, as far as this page saw it. */
export interface SeenUsage {
  readonly trail: UsageTrail;
  /** When the newest reading came, by this browser's clock; 0 for none. */
  readonly seenMs: number;
}

const nothingYet: Log = { lines: [], status: "loading", failure: null };
const LogContext = createContext<Log>(nothingYet);
const nothingSeen: SeenUsage = { trail: noReadings, seenMs: 0 };
const UsageContext = createContext(nothingSeen);

/** The end of the service's log and what is written from there on. */
export function useLog(): Log {
  return use(LogContext);
}

export function useUsage(): SeenUsage {
  return use(UsageContext);
}

interface ServiceStreamProps {
  readonly service: Service;
  readonly level: LogLevel;
  readonly children: ReactNode;
}

/**
 * One stream for all that a service's page follows beside the feed. A browser has few connections for
 * one server: it rests while the tab is hidden, and waits for its turn where several are shown.
 */
export function ServiceStream({ service, level, children }: ServiceStreamProps) {
  const api = serviceApi(service);
  const hasTurn = useTurn("signalbox-log", useIsVisible());
  const [log, setLog] = useState(nothingYet);
  const [usage, setUsage] = useState(nothingSeen);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every attempt opens the stream anew.
  useEffect(() => {
    if (!hasTurn) return;
    return openStream(api, levelQuery(level), {
      onLines: (fresh, instead) =>
        setLog((before) => {
          const lines = instead ? fresh : [...before.lines, ...fresh].slice(-kept);
          return { lines, status: "following", failure: null };
        }),
      onUsage: (reading) =>
        setUsage(({ trail }) => ({ trail: withReading(trail, reading), seenMs: Date.now() })),
      onInterrupted: () => setLog((before) => ({ ...before, status: "ended" })),
      onBroken: (failure) => setLog((before) => ({ ...before, status: "broken", failure })),
      onOver: () => setAttempt((before) => before + 1),
    });
  }, [api, level, hasTurn, attempt]);

  const shown = useMemo<Log>(() => (hasTurn ? log : { ...log, status: "waiting" }), [log, hasTurn]);
  return (
    <LogContext value={shown}>
      <UsageContext value={usage}>{children}</UsageContext>
    </LogContext>
  );
}
