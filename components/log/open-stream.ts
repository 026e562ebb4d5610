import type { LogLine, Usage } from "@/lib/wire/service";
import { type Page, readJson } from "../live/read-json";

const readAtFirst = 100;
const gatherMs = 100;
/** A log of which no line came within this time has none. */
const emptyAfterMs = 1_000;
const reopenAfterMs = 5_000;

export interface StreamListener {
  /** Each opening begins with the log's end: then the lines stand for all that were there before. */
  onLines(lines: readonly LogLine[], instead: boolean): void;
  onUsage(reading: Usage): void;
  /** The connection or its engine went away; it is tried again. */
  onInterrupted(): void;
  onBroken(failure: string): void;
  /** Time to open it anew. */
  onOver(): void;
}

/**
 * Follows a service's log and what it uses, in one stream.
 * @param api the service's address in the API.
 * @param filter further parameters of the log, each with its `&`.
 * @returns what closes it.
 */
export function openStream(api: string, filter: string, listener: StreamListener): () => void {
  const source = new EventSource(`${api}/logs?follow=true&usage=true&lines=${readAtFirst}${filter}`);
  const asking = new AbortController();
  let gathered: LogLine[] = [];
  let first = true;
  let flushing: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  function flushAfter(ms: number): void {
    clearTimeout(flushing);
    flushing = setTimeout(() => {
      flushing = undefined;
      listener.onLines(gathered, first);
      gathered = [];
      first = false;
    }, ms);
  }
  function reopenLater(): void {
    source.close();
    reopening = setTimeout(listener.onOver, reopenAfterMs);
  }
  source.onopen = () => {
    first = true;
    gathered = [];
    flushAfter(emptyAfterMs);
  };
  source.onerror = () => {
    if (source.readyState !== EventSource.CLOSED) return listener.onInterrupted();
    reopenLater();
    // An event stream that is refused does not say why; the same request for a page of lines does.
    readJson<Page<LogLine>>(`${api}/logs?lines=1`, asking.signal).then(
      listener.onInterrupted,
      (error: unknown) => {
        if (!asking.signal.aborted) listener.onBroken(error instanceof Error ? error.message : String(error));
      },
    );
  };
  source.addEventListener("line", (event: MessageEvent<string>) => {
    gathered.push(JSON.parse(event.data) as LogLine);
    if (gathered.length === 1) flushAfter(gatherMs);
  });
  source.addEventListener("usage", (event: MessageEvent<string>) => {
    listener.onUsage(JSON.parse(event.data) as Usage);
  });
  // It ends with the engine that told it: the next one may tell it again.
  source.addEventListener("end", (event: MessageEvent<string>) => {
    const { reason } = JSON.parse(event.data) as { reason: string | null };
    if (first && gathered.length === 0 && reason !== null) listener.onBroken(reason);
    else listener.onInterrupted();
    clearTimeout(flushing);
    reopenLater();
  });
  return () => {
    source.close();
    asking.abort();
    clearTimeout(flushing);
    clearTimeout(reopening);
  };
}
