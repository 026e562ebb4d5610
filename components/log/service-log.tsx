"use client";

import { type RefObject, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import type { LogLine, Service, Transition } from "@/lib/wire/service";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { Panel } from "../ui/panel";
import { LevelChoice } from "./level-choice";
import { LiveLines } from "./live-lines";
import type { LogView } from "./log-view";
import { MomentLines } from "./moment-lines";
import { type Log, useLog } from "./service-stream";

const statusWords: Readonly<Record<Log["status"], string>> = {
  loading: "Reading…",
  waiting: "Waiting: other tabs follow logs",
  following: "Following",
  ended: "Interrupted, trying again",
  broken: "Not readable, trying again",
};

interface ServiceLogProps {
  readonly service: Service;
  /** Some of the service's history: a moment that is looked at may be that of a move. */
  readonly transitions: readonly Transition[];
  readonly view: LogView;
  readonly onView: (change: Partial<LogView>) => void;
}

/** What the service writes, live, or what it wrote around a moment. */
export function ServiceLog({ service, transitions, view, onView }: ServiceLogProps) {
  const { level, at } = view;
  const log = useLog();
  const [wanted, setWanted] = useState("");
  const query = useDeferredValue(wanted.trim().toLowerCase());
  const isWanted = ({ text }: LogLine) => query === "" || text.toLowerCase().includes(query);
  const panel = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const filter = useId();
  useGoToMoment(at, panel, field);
  const filtered = query !== "" || level !== "all";

  return (
    <div ref={panel} className="min-w-0 scroll-mt-[calc(var(--shell-height)+1rem)]">
      <Panel
        name="Logs"
        tools={
          <>
            <span role="status" className="text-xs text-ink-3">
              {at === null ? statusWords[log.status] : "Around a moment"}
            </span>
            {at !== null && (
              <Button size="small" onClick={() => onView({ at: null })}>
                <Icon name="reset" size={12} /> Back to live
              </Button>
            )}
            <LevelChoice level={level} onChange={(next) => onView({ level: next })} />
            <label htmlFor={filter} className="sr-only">
              Filter lines
            </label>
            <input
              id={filter}
              type="search"
              value={wanted}
              onChange={(event) => setWanted(event.target.value)}
              placeholder="Filter lines"
              className="h-7 w-40 min-w-28 rounded-md max-sm:flex-1 border border-line-strong bg-surface px-2 text-xs placeholder:text-ink-3"
            />
          </>
        }
      >
        {level !== "all" && <UnmarkedNote lines={log.lines} />}
        {at === null ? (
          <LiveLines log={log} lines={log.lines.filter(isWanted)} filtered={filtered} field={field} />
        ) : (
          <MomentLines
            key={at}
            service={service}
            at={at}
            level={level}
            move={transitions.find((each) => each.at === at)}
            isWanted={isWanted}
            filtered={filtered}
            field={field}
          />
        )}
      </Panel>
    </div>
  );
}

/** A filter that seems to do nothing is explained. */
function UnmarkedNote({ lines }: { lines: readonly LogLine[] }) {
  if (!lines.some(({ priority }) => priority === null)) return null;
  return (
    <p className="border-b border-line px-4 py-1 text-xs text-ink-3">
      Lines that do not say how urgent they are stay.
    </p>
  );
}

/** Who asked for a moment, or for the way back, is taken to the lines: what was pressed may be gone. */
function useGoToMoment(
  at: string | null,
  panel: RefObject<HTMLDivElement | null>,
  field: RefObject<HTMLDivElement | null>,
): void {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (shown.current === at) return;
    shown.current = at;
    if (at !== null) panel.current?.scrollIntoView({ block: "start" });
    field.current?.focus({ preventScroll: true });
  }, [at, panel, field]);
}
