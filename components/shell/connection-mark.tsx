"use client";

import { useCallback } from "react";
import type { Connection } from "../live/connection";
import { useConnection } from "../live/use-fleet";
import { useTicking } from "../ui/clock";
import { cx } from "../ui/cx";
import { formatSpan } from "../ui/format-span";

const words: Readonly<Record<Connection["tag"], string>> = {
  live: "Live",
  // Too short to be worth a word: what is said changes after five seconds, not at once.
  reconnecting: "Live",
  lost: "Feed lost",
  "signed-out": "Signed out",
};

/** How the feed stands and how old the picture is: always visible. */
export function ConnectionMark() {
  const connection = useConnection();
  const heardAt = connection.tag === "signed-out" ? null : connection.heardAt;
  const age = useTicking(
    useCallback((now: number) => (heardAt === null ? "" : formatSpan(now - heardAt)), [heardAt]),
  );
  // The server's page is not live by itself: that is only known once the feed has said something.
  const isNew = connection.tag === "reconnecting" && connection.heardAt === null;
  const good = connection.tag === "live" || connection.tag === "reconnecting";
  return (
    <span
      className={cx("flex items-center gap-1.5 text-xs", good ? "text-ink-2" : "font-medium text-warning")}
      title="How long ago the server last said something to this page"
    >
      <span aria-hidden="true" className={cx("size-2 rounded-full", markOf(connection))} />
      {isNew ? "Connecting" : words[connection.tag]}
      <span className="min-w-8 text-ink-3" suppressHydrationWarning>
        {age}
      </span>
    </span>
  );
}

function markOf(connection: Connection): string {
  switch (connection.tag) {
    case "live":
      return "bg-good";
    case "reconnecting":
      return connection.heardAt === null ? "border-2 border-line-strong" : "bg-good opacity-40";
    case "lost":
    case "signed-out":
      return "border-2 border-warning";
  }
}
