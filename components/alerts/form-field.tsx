import type { ReactNode } from "react";
import { cx } from "../ui/cx";

/** How a text field looks; a wrong one has the colour of its message. */
export function fieldLook(problem: string | undefined): string {
  return cx(
    "h-9 w-full rounded-md border bg-surface px-2.5 text-sm text-ink placeholder:text-ink-3",
    problem === undefined ? "border-line-strong" : "border-error",
  );
}

/** The attributes of a field that may be wrong. @param id of the message. */
export function wrongAs(id: string, problem: string | undefined) {
  return problem === undefined ? {} : ({ "aria-invalid": true, "aria-describedby": id } as const);
}

/** What is wrong with a field, at the field. */
export function Wrong({ id, problem }: { id: string; problem: string | undefined }) {
  if (problem === undefined) return null;
  return (
    <p id={id} role="alert" className="text-xs text-error">
      {problem}
    </p>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

/** One of several, as a line of words. */
export function Choice({ name, checked, onChoose, children }: ChoiceProps) {
  return (
    <label className="flex min-h-7 items-center gap-2 text-sm text-ink">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        className="size-4 shrink-0 accent-(--accent)"
      />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </label>
  );
}
