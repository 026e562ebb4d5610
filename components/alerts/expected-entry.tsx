"use client";

import { useState } from "react";
import type { Silence } from "@/lib/wire/alert";
import { RequestProblem } from "../live/read-json";
import { useIsPictureOld } from "../live/use-fleet";
import { Button } from "../ui/button";
import { serverNow } from "../ui/clock";
import { Icon } from "../ui/icons";
import { Instant } from "../ui/instant";
import { sayMatcher, standingOf } from "./alert-words";

interface ExpectedEntryProps {
  readonly silence: Silence;
  readonly today: string | null;
  readonly onEnd: (id: string) => Promise<void>;
}

/** One silence or maintenance: what, why, who, until when, and its end. */
export function ExpectedEntry({ silence, today, onEnd }: ExpectedEntryProps) {
  const [ending, setEnding] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const pictureIsOld = useIsPictureOld();
  const { id, kind, matcher, startsAt, endsAt, why, createdBy } = silence;
  const coming = standingOf(silence, serverNow()) === "coming";

  async function end(): Promise<void> {
    if (ending || pictureIsOld) return;
    setEnding(true);
    setProblem(null);
    try {
      await onEnd(id);
    } catch (error) {
      setProblem(error instanceof RequestProblem ? error.message : "Signalbox did not answer as expected.");
    } finally {
      setEnding(false);
    }
  }

  return (
    <li className="flex flex-col gap-1 border-t border-line px-4 py-2.5 text-sm first:border-t-0">
      <div className="flex items-start gap-2">
        <Icon
          name={kind === "silence" ? "bell-off" : "gear"}
          size={13}
          className="translate-y-0.5 text-ink-3"
        />
        <p className="min-w-0 grow [overflow-wrap:anywhere]">
          <span className="font-medium text-ink">
            {kind === "silence" ? "Silence" : coming ? "Maintenance to come" : "Maintenance"}
          </span>{" "}
          <span className="text-ink-2">{sayMatcher(matcher)}</span>
        </p>
        <Button
          size="small"
          inRow
          refusal={pictureIsOld ? "The live feed is lost: this picture may be old." : null}
          onClick={() => void end()}
        >
          {ending ? "Ending…" : coming ? "Call off" : "End now"}
          <span className="sr-only">: {sayMatcher(matcher)}</span>
        </Button>
      </div>
      <p className="[overflow-wrap:anywhere] text-ink">{why}</p>
      <p className="text-xs text-ink-2">
        {coming && (
          <>
            from <Instant at={startsAt} today={today} toMinute />{" "}
          </>
        )}
        until <Instant at={endsAt} today={today} toMinute />, by {createdBy}
      </p>
      {problem !== null && (
        <p role="alert" className="text-xs text-error">
          {problem}
        </p>
      )}
    </li>
  );
}
