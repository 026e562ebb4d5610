import { useId } from "react";
import { type LogLevel, levelWords, logLevels } from "./log-view";

/** How urgent a line has to be to be shown. */
export function LevelChoice({ level, onChange }: { level: LogLevel; onChange: (level: LogLevel) => void }) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="sr-only">
        Lines to show
      </label>
      <select
        id={id}
        value={level}
        onChange={(event) => onChange(logLevels.find((each) => each === event.target.value) ?? "all")}
        className="h-7 rounded-md border border-line-strong bg-surface px-1.5 text-xs"
      >
        {logLevels.map((each) => (
          <option key={each} value={each}>
            {levelWords[each]}
          </option>
        ))}
      </select>
    </>
  );
}
