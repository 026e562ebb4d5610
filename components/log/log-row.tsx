import { memo } from "react";
import type { LogLine } from "@/lib/wire/service";
import { cx } from "../ui/cx";
import { formatInstant } from "../ui/format-instant";

/** syslog(3): 0 to 3 are errors, 4 is a warning. */
function inkOf(priority: number | null): string {
  if (priority === null || priority > 4) return "text-ink";
  return priority === 4 ? "text-warning" : "text-error";
}

/** Drawn in the browser only: the instant is in the reader's zone. */
export const LogRow = memo(function LogRow({ line }: { line: LogLine }) {
  const when = line.at === null ? null : formatInstant(line.at);
  return (
    <div className="flex gap-3 px-4 hover:bg-hover">
      {when !== null && (
        <time dateTime={line.at ?? undefined} title={when.exact} className="shrink-0 text-ink-3 select-none">
          {when.time.slice(0, 8)}
        </time>
      )}
      <span className={cx("min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]", inkOf(line.priority))}>
        {line.text}
      </span>
    </div>
  );
});
