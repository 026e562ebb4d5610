"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { LogLine, Service } from "@/lib/wire/service";
import { type Page, readJson } from "../live/read-json";
import { serviceApi } from "../service/service-href";
import { useIsVisible } from "../ui/use-is-visible";
import { joinLines } from "./join-lines";

const readAtFirst = 100;
const kept = 2_000;
const gatherMs = 100;
const reopenAfterMs = 5_000;

export interface Log {
  readonly lines: readonly LogLine[];
  readonly status: "loading" | "following" | "ended" | "broken";
  readonly failure: string | null;
}

interface Followed {
  readonly lines: readonly LogLine[];
  /** Which opening of the stream they came from: each one needs the log's end read anew. */
  readonly opening: number;
  readonly status: "opening" | "open" | "ended" | "broken";
}

/**
 * The end of a service's log and what is written from now on. The stream rests while the tab is
 * hidden: a browser has few connections for one server.
 */
export function useLog(service: Service): Log {
  const api = `${serviceApi(service)}/logs`;
  const followed = useFollowed(api);
  const read = useQuery({
    queryKey: ["logs", service.id, followed.opening],
    queryFn: ({ signal }) => readJson<Page<LogLine>>(`${api}?lines=${readAtFirst}`, signal),
    placeholderData: (before) => before,
    gcTime: 0,
  });
  const lines = useMemo(
    () => joinLines(read.data?.items ?? [], followed.lines).slice(-kept),
    [read.data, followed.lines],
  );
  const failure = read.error?.message ?? null;
  return { lines, failure, status: statusOf(read.isPending, failure, followed.status) };
}

function statusOf(pending: boolean, failure: string | null, followed: Followed["status"]): Log["status"] {
  if (pending) return "loading";
  if (failure !== null || followed === "broken") return "broken";
  return followed === "ended" ? "ended" : "following";
}

function useFollowed(api: string): Followed {
  const visible = useIsVisible();
  const [followed, setFollowed] = useState<Followed>({ lines: [], opening: 0, status: "opening" });

  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every attempt opens the stream anew.
  useEffect(() => {
    if (!visible) return;
    const source = new EventSource(`${api}?follow=true&lines=1`);
    let gathered: LogLine[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    let reopening: ReturnType<typeof setTimeout> | null = null;
    const say = (status: Followed["status"]) => setFollowed((before) => ({ ...before, status }));

    function flush(): void {
      timer = null;
      const fresh = gathered;
      gathered = [];
      setFollowed((before) => ({ ...before, lines: [...before.lines, ...fresh].slice(-kept) }));
    }
    source.onopen = () => setFollowed(({ opening }) => ({ lines: [], opening: opening + 1, status: "open" }));
    function giveUp(status: "broken" | "ended"): void {
      source.close();
      say(status);
      reopening = setTimeout(() => setAttempt((before) => before + 1), reopenAfterMs);
    }
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) giveUp("broken");
      else say("opening");
    };
    source.addEventListener("line", (event: MessageEvent<string>) => {
      gathered.push(JSON.parse(event.data) as LogLine);
      timer ??= setTimeout(flush, gatherMs);
    });
    // It ends with the engine that told it: the next one may tell it again.
    source.addEventListener("end", () => giveUp("ended"));
    return () => {
      source.close();
      if (timer !== null) clearTimeout(timer);
      if (reopening !== null) clearTimeout(reopening);
    };
  }, [api, visible, attempt]);

  return followed;
}
