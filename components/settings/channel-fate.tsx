"use client";

import { FateMark } from "../commands/fate-line";
import { cx } from "../ui/cx";
import type { TestFate } from "./test-fate";

interface ChannelFateProps {
  readonly fate: TestFate | null;
  /** Why the test was not even queued. */
  readonly refusal: string | null;
}

/** What became of the last test: only what has been asked for, until it was sent. */
export function ChannelFate({ fate, refusal }: ChannelFateProps) {
  const said =
    refusal === null ? fate && sayFate(fate) : ({ tone: "bad", words: `Not asked for: ${refusal}` } as const);
  return (
    <p
      role="status"
      aria-label="Test"
      className={cx("flex items-center gap-1.5 text-xs empty:hidden", said && inks[said.tone])}
    >
      {said && (
        <>
          <FateMark tone={said.tone} />
          {said.words}
        </>
      )}
    </p>
  );
}

const inks = { busy: "text-busy", good: "text-good", bad: "text-error" } as const;

function sayFate(fate: TestFate): { readonly tone: keyof typeof inks; readonly words: string } {
  switch (fate.tag) {
    case "queued":
      return { tone: "busy", words: "Test queued…" };
    case "sent":
      return { tone: "good", words: "Test sent: the other side took it." };
    case "failed":
      return { tone: "bad", words: `Test not sent: ${fate.why}` };
  }
}
