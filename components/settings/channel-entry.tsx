"use client";

import { useEffect, useState } from "react";
import type { Channel } from "@/lib/wire/alert";
import { postJson, RequestProblem } from "../live/read-json";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { TickingSpan } from "../ui/ticking-span";
import { ChannelFate } from "./channel-fate";
import { testFate } from "./test-fate";

/** After this long without a word a test is still queued, and the page asks less often. */
const waitMs = 60_000;

interface ChannelEntryProps {
  readonly channel: Channel;
  /** Says whether somebody waits here for a test's fate. */
  readonly onWait: (name: string, waits: boolean) => void;
}

export function ChannelEntry({ channel, onWait }: ChannelEntryProps) {
  const [before, setBefore] = useState<Channel | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { name, kind, target, waiting, givenUp, lastSentAt, lastErrorAt, lastError } = channel;
  const fate = before === null ? null : testFate(before, channel);
  const waits = fate?.tag === "queued";

  useEffect(() => {
    if (!waits) return;
    onWait(name, true);
    const enough = setTimeout(() => onWait(name, false), waitMs);
    return () => {
      clearTimeout(enough);
      onWait(name, false);
    };
  }, [waits, name, onWait]);

  async function test(): Promise<void> {
    setRefusal(null);
    setBefore(channel);
    try {
      await postJson(`/api/v1/channels/${encodeURIComponent(name)}/test`, {});
    } catch (error) {
      setBefore(null);
      setRefusal(error instanceof RequestProblem ? error.message : "Signalbox did not answer as expected.");
    }
  }

  // An error that a later message got over is past; that of a test is said as the test's fate.
  const failing =
    fate?.tag !== "failed" && lastErrorAt !== null && (lastSentAt === null || lastErrorAt > lastSentAt);
  return (
    <li className="flex flex-col gap-1 border-t border-line px-4 py-3 text-sm first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium text-ink [overflow-wrap:anywhere]">{name}</h3>
        <p className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">
          {kind} <span className="text-ink-3">to</span> {target}
        </p>
        <Button size="small" inRow onClick={() => void test()} className="ml-auto">
          Send a test<span className="sr-only"> to {name}</span>
        </Button>
      </div>
      <p className="flex flex-wrap gap-x-3 text-xs text-ink-2">
        <span>{waiting === 0 ? "nothing waits" : `${waiting} waiting`}</span>
        {givenUp > 0 && <span className="font-medium text-warning">{givenUp} given up</span>}
        <span>
          {lastSentAt === null ? (
            "nothing sent yet"
          ) : (
            <>
              last sent <TickingSpan since={lastSentAt} /> ago
            </>
          )}
        </span>
      </p>
      {failing && (
        <p className="flex items-baseline gap-1.5 text-xs text-error">
          <Icon name="alert" size={12} className="translate-y-0.5" />
          <span>
            Last error, <TickingSpan since={lastErrorAt} /> ago: {lastError}
          </span>
        </p>
      )}
      <ChannelFate fate={fate} refusal={refusal} />
    </li>
  );
}
