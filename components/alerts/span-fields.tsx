"use client";

import { useId } from "react";
import { type DraftProblems, type Lasting, lastings, type SpanDraft } from "./expected-draft";
import { Choice, fieldLook, Wrong, wrongAs } from "./form-field";

const words: Readonly<Record<Lasting, string>> = {
  "30m": "30 min",
  "2h": "2 h",
  "8h": "8 h",
  until: "Until…",
};

interface SpanFieldsProps {
  readonly draft: SpanDraft;
  readonly onChange: (change: Partial<SpanDraft>) => void;
  readonly problems: DraftProblems;
  /** Whether it may begin later. */
  readonly mayStartLater?: boolean;
}

/** When, for how long, and why. Instants are in this browser's zone. */
export function SpanFields({ draft, onChange, problems, mayStartLater = false }: SpanFieldsProps) {
  const id = useId();
  return (
    <>
      {mayStartLater && (
        <div className="flex flex-col gap-1">
          <label htmlFor={`${id}starts`} className="text-sm font-medium">
            From <span className="font-normal text-ink-3">(left empty: from now on)</span>
          </label>
          <input
            id={`${id}starts`}
            type="datetime-local"
            value={draft.starts}
            onChange={(event) => onChange({ starts: event.target.value })}
            {...wrongAs(`${id}starts-wrong`, problems.starts)}
            className={fieldLook(problems.starts)}
          />
          <Wrong id={`${id}starts-wrong`} problem={problems.starts} />
        </div>
      )}
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-sm font-medium">For how long</legend>
        <div className="flex flex-wrap gap-x-5">
          {lastings.map((lasting) => (
            <Choice
              key={lasting}
              name={`${id}lasting`}
              checked={draft.lasting === lasting}
              onChoose={() => onChange({ lasting })}
            >
              {words[lasting]}
            </Choice>
          ))}
        </div>
        {draft.lasting === "until" && (
          <>
            <input
              type="datetime-local"
              aria-label="Until"
              value={draft.until}
              onChange={(event) => onChange({ until: event.target.value })}
              {...wrongAs(`${id}until-wrong`, problems.until)}
              className={fieldLook(problems.until)}
            />
            <Wrong id={`${id}until-wrong`} problem={problems.until} />
          </>
        )}
      </fieldset>
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}why`} className="text-sm font-medium">
          Why
        </label>
        <input
          id={`${id}why`}
          value={draft.why}
          maxLength={500}
          aria-required
          onChange={(event) => onChange({ why: event.target.value })}
          placeholder="the disk of node1 is being changed"
          {...wrongAs(`${id}why-wrong`, problems.why)}
          className={fieldLook(problems.why)}
        />
        <Wrong id={`${id}why-wrong`} problem={problems.why} />
      </div>
    </>
  );
}
