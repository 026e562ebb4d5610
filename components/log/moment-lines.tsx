"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";
import type { LogLine, Service, Transition } from "@/lib/wire/service";
import { formatInstant } from "../ui/format-instant";
import { LogField } from "./log-field";
import { useMoment } from "./log-moment";
import { LogRow } from "./log-row";
import type { LogLevel } from "./log-view";
import { NoLines } from "./no-lines";
import { splitAt } from "./split-at";

interface MomentLinesProps {
  readonly service: Service;
  readonly at: string;
  readonly level: LogLevel;
  /** The move of that moment, if it is known here. */
  readonly move: Transition | undefined;
  readonly isWanted: (line: LogLine) => boolean;
  readonly filtered: boolean;
  readonly field: RefObject<HTMLDivElement | null>;
}

/** The log around a moment, with the moment marked between its lines. */
export function MomentLines({ service, at, level, move, isWanted, filtered, field }: MomentLinesProps) {
  const { data, error, isPending } = useMoment(service, at, level);
  const mark = useRef<HTMLDivElement>(null);
  const { before, after } = splitAt((data ?? []).filter(isWanted), at);
  const { time, day, exact } = formatInstant(at);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines, another place of the mark.
  useLayoutEffect(() => {
    const { current } = field;
    if (current === null || mark.current === null) return;
    current.scrollTop = mark.current.offsetTop - (current.clientHeight - mark.current.offsetHeight) / 2;
  }, [before.length, after.length]);

  const empty = before.length + after.length === 0;
  const status = isPending ? "loading" : error === null ? "following" : "broken";
  return (
    <LogField ref={field} full label={`Lines around ${time}`}>
      {before.map((line, index) => (
        <LogRow key={index} line={line} />
      ))}
      {data !== undefined && (
        <div
          ref={mark}
          title={exact}
          className="my-1 flex flex-wrap items-center gap-x-2 border-y border-accent bg-surface px-4 py-0.5 font-sans text-accent"
        >
          <span className="font-semibold">{time}</span>
          <span>{day}</span>
          {move !== undefined && (
            <span className="text-ink">
              {move.from === null ? "first seen" : move.from} → {move.to}
            </span>
          )}
          {empty && (
            <span className="text-ink-2">
              {filtered ? "no such line around it" : "nothing written around it"}
            </span>
          )}
        </div>
      )}
      {empty && data === undefined && (
        <NoLines status={status} failure={error?.message ?? null} filtered={filtered} />
      )}
      {after.map((line, index) => (
        <LogRow key={index} line={line} />
      ))}
    </LogField>
  );
}
