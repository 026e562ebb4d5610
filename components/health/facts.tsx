import type { ReactNode } from "react";
import { cx } from "../ui/cx";

/** A panel's facts, one a line. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[6.5rem_1fr] gap-x-4 gap-y-1.5 px-4 py-3 text-sm">{children}</dl>;
}

export function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{word}</dt>
      <dd className="min-w-0 text-ink">{children}</dd>
    </>
  );
}

/** How a thing is, in a word that is told apart by its colour too. */
export function Word({ good, children }: { good: boolean; children: ReactNode }) {
  return <span className={cx("font-medium", good ? "text-good" : "text-warning")}>{children}</span>;
}

export function Aside({ children }: { children: ReactNode }) {
  return <span className="text-ink-2"> · {children}</span>;
}

/** Which build of Signalbox runs; the launcher tells it to the processes it starts. */
export function Build({ build }: { build: string }) {
  return (
    <Fact word="Build">
      <code className="font-mono text-xs">{build === "" ? "not told" : build}</code>
    </Fact>
  );
}
