"use client";

import type { RefObject } from "react";
import type { LogLine } from "@/lib/wire/service";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { LogField } from "./log-field";
import { LogRow } from "./log-row";
import { NoLines } from "./no-lines";
import type { Log } from "./service-stream";
import { useStayAtEnd } from "./use-stay-at-end";

interface LiveLinesProps {
  readonly log: Log;
  /** Those of its lines that are looked for. */
  readonly lines: readonly LogLine[];
  readonly filtered: boolean;
  readonly field: RefObject<HTMLDivElement | null>;
}

/** The newest lines. Scrolling up holds the view still; what is written meanwhile is counted. */
export function LiveLines({ log, lines, filtered, field }: LiveLinesProps) {
  const { held, missed, onScroll, goToEnd } = useStayAtEnd(field, lines.length);
  return (
    <div className="relative">
      <LogField ref={field} label="Lines" onScroll={onScroll}>
        {lines.length === 0 && <NoLines status={log.status} failure={log.failure} filtered={filtered} />}
        {lines.map((line, index) => (
          <LogRow key={index} line={line} />
        ))}
      </LogField>
      {held && (
        <Button size="small" onClick={goToEnd} className="absolute right-4 bottom-3 shadow-raised">
          <Icon name="down" size={12} /> {missed > 0 ? `${missed} new lines` : "Newest"}
        </Button>
      )}
    </div>
  );
}
