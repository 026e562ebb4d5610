"use client";

import { useEffect, useState } from "react";
import type { LogLine, Service } from "@/lib/wire/service";
import { type Page, readJson } from "../live/read-json";
import { serviceApi } from "../service/service-href";
import { useIsVisible } from "../ui/use-is-visible";
import { useTurn } from "./use-turn";

const readAtFirst = 100;
const kept = 2_000;
const gatherMs = 100;
const reopenAfterMs = 5_000;

export interface Log {
  readonly lines: readonly LogLine[];
  readonly status: "loading" | "waiting" | "following" | "ended" | "broken";
  readonly failure: string | null;
}

const nothingYet: Log = { lines: [], status: "loading", failure: null };

/**
 * The end of a service's log and what is written from there on. A browser has few connections for one
 * server: the stream rests while the tab is hidden, and waits for its turn where several are shown.
 */
export function useLog(service: Service): Log {
  const api = `${serviceApi(service)}/logs`;
  const hasTurn = useTurn("signalbox-log", useIsVisible());
  const [log, setLog] = useState(nothingYet);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every attempt opens the stream anew.
  useEffect(() => {
    if (!hasTurn) return;
    return openLog(api, {
      // Each opening begins with the log's end, so that what was shown before is in it, or is old.
      onOpen: () => setLog({ lines: [], status: "following", failure: null }),
      onLines: (fresh) =>
        setLog((before) => ({ ...before, lines: [...before.lines, ...fresh].slice(-kept) })),
      onInterrupted: () => setLog((before) => ({ ...before, status: "ended" })),
      onBroken: (failure) => setLog((before) => ({ ...before, status: "broken", failure })),
      onOver: () => setAttempt((before) => before + 1),
    });
  }, [api, hasTurn, attempt]);

  return hasTurn ? log : { ...log, status: "waiting" };
}

interface LogListener {
  onOpen(): void;
  onLines(lines: readonly LogLine[]): void;
  /** The connection or its engine went away; it is tried again. */
  onInterrupted(): void;
  onBroken(failure: string): void;
  /** Time to open it anew. */
  onOver(): void;
}

/** @returns what closes it. */
function openLog(api: string, listener: LogListener): () => void {
  const source = new EventSource(`${api}?follow=true&lines=${readAtFirst}`);
  const asking = new AbortController();
  let gathered: LogLine[] = [];
  let flushing: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    flushing = undefined;
    listener.onLines(gathered);
    gathered = [];
  }
  function reopenLater(): void {
    source.close();
    reopening = setTimeout(listener.onOver, reopenAfterMs);
  }
  source.onopen = listener.onOpen;
  source.onerror = () => {
    if (source.readyState !== EventSource.CLOSED) return listener.onInterrupted();
    reopenLater();
    // An event stream that is refused does not say why; the same request for a page of lines does.
    readJson<Page<LogLine>>(`${api}?lines=1`, asking.signal).then(
      listener.onInterrupted,
      (error: unknown) => {
        if (!asking.signal.aborted) listener.onBroken(error instanceof Error ? error.message : String(error));
      },
    );
  };
  source.addEventListener("line", (event: MessageEvent<string>) => {
    gathered.push(JSON.parse(event.data) as LogLine);
    flushing ??= setTimeout(flush, gatherMs);
  });
  // It ends with the engine that told it: the next one may tell it again.
  source.addEventListener("end", () => {
    listener.onInterrupted();
    reopenLater();
  });
  return () => {
    source.close();
    asking.abort();
    clearTimeout(flushing);
    clearTimeout(reopening);
  };
}
