import type { ReactNode } from "react";

/** One line of what is known of a host. */
export function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{word}</dt>
      <dd className="min-w-0 text-ink">{children}</dd>
    </>
  );
}
