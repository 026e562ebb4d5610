"use client";

import { useEffect } from "react";
import { RequestProblem } from "../live/read-json";
import { useFleetStore, useNotices } from "../live/use-fleet";
import { readOpenAlerts } from "./read-open-alerts";

const retryMs = 5_000;

/**
 * Reads the open alerts where the server did not bring them along, and again whenever the feed may
 * have missed some; in between the feed keeps them. Tried again until it succeeds.
 */
export function useKeepAlerts(): void {
  const { alerts } = useFleetStore();
  const { resyncs } = useNotices();

  useEffect(() => {
    if (resyncs === 0 && alerts.known().tag === "known") return;
    const stop = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    async function read(): Promise<void> {
      const mark = alerts.mark();
      try {
        const open = await readOpenAlerts(stop.signal);
        if (!stop.signal.aborted) alerts.replace(open, mark);
      } catch (error) {
        if (stop.signal.aborted) return;
        alerts.fail(error instanceof RequestProblem ? error.message : "Signalbox did not answer.");
        retry = setTimeout(() => void read(), retryMs);
      }
    }
    void read();
    return () => {
      stop.abort();
      clearTimeout(retry);
    };
  }, [alerts, resyncs]);
}
