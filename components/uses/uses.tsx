"use client";

import { type ReactNode, useCallback } from "react";
import type { Usage } from "@/lib/wire/service";
import { useUsage } from "../log/service-stream";
import { useTicking } from "../ui/clock";
import { formatBytes } from "../ui/format-bytes";
import { Sparkline } from "./sparkline";
import { formatShare } from "./usage-trail";

/** A reading comes every two seconds; an older one is not what is used now. */
const freshMs = 10_000;

/** What the service uses while somebody looks. No live region: it changes every two seconds. */
export function Uses() {
  const { trail, seenMs } = useUsage();
  const isFresh = useTicking(useCallback((nowMs: number) => nowMs - seenMs < freshMs, [seenMs]));
  const now = isFresh ? trail.at(-1) : undefined;
  return (
    <section aria-label="Uses" className="min-h-16 border-t border-line px-4 py-3 text-sm">
      {now?.running === false ? (
        <p className="text-ink-2">
          <span className="block text-xs text-ink-3">Uses</span>
          Nothing of it runs
        </p>
      ) : (
        <dl className="grid grid-cols-[minmax(0,1fr)_5rem_4.75rem] gap-x-3">
          <Figure word="Processor" title="Of one core, over the last two seconds">
            <Value reading={now} of={({ cpuUs, cpuShare }) => sayShare(cpuUs, cpuShare)} />
            <Sparkline trail={trail} />
          </Figure>
          <Figure word="Memory">
            <Value
              reading={now}
              of={({ memoryBytes }) => (memoryBytes === null ? null : formatBytes(memoryBytes))}
            />
          </Figure>
          <Figure word="Tasks" title="Processes and their threads">
            <Value reading={now} of={({ tasks }) => (tasks === null ? null : String(tasks))} />
          </Figure>
        </dl>
      )}
    </section>
  );
}

function Figure({ word, title, children }: { word: string; title?: string; children: ReactNode }) {
  return (
    <div className="min-w-0" title={title}>
      <dt className="text-xs text-ink-3">{word}</dt>
      <dd className="flex min-h-5 items-center gap-2">{children}</dd>
    </div>
  );
}

/** A figure in its place; the same room is taken while it is not known yet. */
function Value({ reading, of }: { reading: Usage | undefined; of: (reading: Usage) => string | null }) {
  if (reading === undefined) return <Unknown mark="–" words="not read" />;
  const said = of(reading);
  if (said === null) return <span className="text-xs whitespace-nowrap text-ink-3">not counted</span>;
  return said === "" ? (
    <Unknown mark="–" words="being measured" />
  ) : (
    <span className="min-w-11 whitespace-nowrap">{said}</span>
  );
}

function Unknown({ mark, words }: { mark: string; words: string }) {
  return (
    <span className="min-w-11 text-ink-3">
      <span aria-hidden="true">{mark}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** A share takes two readings: empty after the first. */
function sayShare(cpuUs: number | null, cpuShare: number | null): string | null {
  if (cpuUs === null) return null;
  return cpuShare === null ? "" : formatShare(cpuShare);
}
