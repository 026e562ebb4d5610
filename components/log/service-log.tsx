"use client";

import { type UIEvent, useDeferredValue, useId, useLayoutEffect, useRef, useState } from "react";
import type { Service } from "@/lib/wire/service";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { Message } from "../ui/message";
import { Panel } from "../ui/panel";
import { ScrollField } from "../ui/scroll-field";
import { Skeleton } from "../ui/skeleton";
import { LogRow } from "./log-row";
import { useLog } from "./use-log";

/** How near to the end counts as being there. */
const nearPx = 24;

const statusWords = {
  loading: "Reading…",
  waiting: "Waiting: other tabs follow logs",
  following: "Following",
  ended: "Interrupted, trying again",
  broken: "Not readable, trying again",
} as const;

/** What the service writes, live. Scrolling up holds the view still; what is written meanwhile is counted. */
export function ServiceLog({ service }: { service: Service }) {
  const log = useLog(service);
  const [wanted, setWanted] = useState("");
  const query = useDeferredValue(wanted.trim().toLowerCase());
  const lines = query === "" ? log.lines : log.lines.filter(({ text }) => text.toLowerCase().includes(query));
  const { field, held, missed, onScroll, goToEnd } = useStayAtEnd(lines.length);
  const filter = useId();

  return (
    <Panel
      name="Logs"
      tools={
        <>
          <span role="status" className="text-xs text-ink-3">
            {held ? "Held while you read" : statusWords[log.status]}
          </span>
          <label htmlFor={filter} className="sr-only">
            Filter lines
          </label>
          <input
            id={filter}
            type="search"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            placeholder="Filter lines"
            className="h-7 w-40 rounded-md border border-line-strong bg-surface px-2 text-xs placeholder:text-ink-3"
          />
        </>
      }
    >
      <div className="relative">
        <ScrollField
          ref={field}
          onScroll={onScroll}
          role="log"
          aria-label="Lines"
          aria-live="off"
          className="max-h-96 min-h-40 rounded-b-lg bg-sunken py-2 font-mono text-xs leading-5"
        >
          {lines.length === 0 && <Empty status={log.status} failure={log.failure} filtered={query !== ""} />}
          {lines.map((line, at) => (
            <LogRow key={at} line={line} />
          ))}
        </ScrollField>
        {held && (
          <Button size="small" onClick={goToEnd} className="absolute right-4 bottom-3 shadow-raised">
            <Icon name="down" size={12} /> {missed > 0 ? `${missed} new lines` : "Newest"}
          </Button>
        )}
      </div>
    </Panel>
  );
}

function Empty({
  status,
  failure,
  filtered,
}: {
  status: keyof typeof statusWords;
  failure: string | null;
  filtered: boolean;
}) {
  if (status === "loading" || status === "waiting") {
    return ["w-1/2", "w-2/3", "w-2/5"].map((width) => (
      <Skeleton key={width} className={`mx-4 my-2 h-3 ${width}`} />
    ));
  }
  if (filtered) return <Message title="No line has these words" />;
  if (status === "broken") return <Message title="The log cannot be read now">{failure}</Message>;
  return <Message title="Nothing written yet" />;
}

/** Keeps a scrolled field at its end until the reader scrolls away from it. */
function useStayAtEnd(size: number) {
  const field = useRef<HTMLDivElement>(null);
  const [heldAt, setHeldAt] = useState<number | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new line moves the end.
  useLayoutEffect(() => {
    if (heldAt === null && field.current !== null) field.current.scrollTop = field.current.scrollHeight;
  }, [size, heldAt]);

  function onScroll({ currentTarget }: UIEvent<HTMLDivElement>): void {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget;
    const atEnd = scrollHeight - scrollTop - clientHeight < nearPx;
    setHeldAt((held) => (atEnd ? null : (held ?? size)));
  }
  return {
    field,
    onScroll,
    held: heldAt !== null,
    missed: heldAt === null ? 0 : Math.max(0, size - heldAt),
    goToEnd: () => setHeldAt(null),
  };
}
