import { memo } from "react";
import type { LogLine } from "@/lib/wire/service";
import { cx } from "../ui/cx";
import { formatInstant } from "../ui/format-instant";
import { Icon } from "../ui/icons";
import { visibleText } from "./visible-text";

/** syslog(3), the most urgent first; what is less urgent than a warning is not marked. */
const levels = ["emergency", "alert", "critical", "error", "warning"] as const;

const looks = {
  error: "border-error text-error",
  warning: "border-warning text-warning",
  plain: "border-transparent text-ink",
} as const;

/** Drawn in the browser only: the instant is in the reader's zone. */
export const LogRow = memo(function LogRow({ line }: { line: LogLine }) {
  const when = line.at === null ? null : formatInstant(line.at);
  const level = line.priority === null ? undefined : levels[line.priority];
  const look = level === undefined ? "plain" : level === "warning" ? "warning" : "error";
  return (
    <div className={cx("flex gap-2 border-l-2 pr-4 pl-2 hover:bg-hover", looks[look])}>
      <span className="grid h-5 w-3 shrink-0 place-items-center select-none" title={level}>
        {level !== undefined && (
          <>
            <Icon name={look === "error" ? "error" : "alert"} size={11} />
            <span className="sr-only">{level}: </span>
          </>
        )}
      </span>
      {when !== null && (
        <time dateTime={line.at ?? undefined} title={when.exact} className="shrink-0 text-ink-3 select-none">
          {when.time.slice(0, 8)}
        </time>
      )}
      <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{visibleText(line.text)}</span>
    </div>
  );
});
