"use client";

import { useCallback } from "react";
import type { Connection } from "../live/connection";
import { useConnection } from "../live/use-fleet";
import { useTicking } from "../ui/clock";
import { cx } from "../ui/cx";
import { formatSpan } from "../ui/format-span";

interface Look {
  readonly word: string;
  readonly ink: string;
  readonly mark: string;
}

const live: Look = { word: "Live", ink: "text-ink-2", mark: "bg-good" };
const amiss = { ink: "font-medium text-warning", mark: "border-2 border-warning" };

function lookOf(connection: Connection): Look {
  switch (connection.tag) {
    case "live":
      return live;
    case "reconnecting":
      // What the server drew is live only once the feed has said something. After that a break is too
      // short to be worth a word: what is said changes after five seconds, not at once.
      return connection.heardAt === null
        ? { word: "Connecting", ink: "text-ink-2", mark: "border-2 border-line-strong" }
        : { ...live, mark: "bg-good opacity-40" };
    case "lost":
      return { word: "Feed lost", ...amiss };
    case "signed-out":
      return { word: "Signed out", ...amiss };
  }
}

/** How the feed stands and how old the picture is: always visible. */
export function ConnectionMark() {
  const connection = useConnection();
  const heardAt = connection.tag === "signed-out" ? null : connection.heardAt;
  const age = useTicking(
    useCallback((now: number) => (heardAt === null ? "" : formatSpan(now - heardAt)), [heardAt]),
  );
  const { word, ink, mark } = lookOf(connection);
  return (
    <span
      className={cx("flex items-center gap-1.5 text-xs", ink)}
      title="How long ago the server last said something to this page"
    >
      <span aria-hidden="true" className={cx("size-2 rounded-full", mark)} />
      {word}
      <span className="min-w-8 text-ink-3" suppressHydrationWarning>
        {age}
      </span>
    </span>
  );
}
