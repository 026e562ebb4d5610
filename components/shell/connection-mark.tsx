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
  const good = connection.tag === "live" || connection.tag === "reconnecting";
  return (
    <span
      className={cx("flex items-center gap-1.5 text-xs", good ? "text-ink-2" : "font-medium text-warning")}
      title="How long ago the server last said something to this page"
    >
      <span
        aria-hidden="true"
        className={cx(
          "size-2 rounded-full",
          good ? "bg-good" : "border-2 border-warning",
          connection.tag === "reconnecting" && "opacity-40",
        )}
      />
      {words[connection.tag]}
      <span className="min-w-8 text-ink-3" suppressHydrationWarning>
        {age}
      </span>
    </span>
  );
}
