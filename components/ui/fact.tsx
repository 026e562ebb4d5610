import type { ReactNode } from "react";

/** One line of a list of facts, which is a grid of two columns. */
export function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{word}</dt>
      <dd className="min-w-0 text-ink">{children}</dd>
    </>
  );
}
