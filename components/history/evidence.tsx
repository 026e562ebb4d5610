import type { Transition } from "@/lib/wire/service";
import { LogAtMoment } from "../log/log-at-moment";
import { formatInstant } from "../ui/format-instant";
import { evidenceParts } from "./evidence-parts";
import { inEvidenceWords, inReadingOrder } from "./evidence-words";

/** What was read, where and when, kept with the move as it was. */
export function Evidence({ transition }: { transition: Transition }) {
  const { facts, logs } = evidenceParts(transition.evidence);
  return (
    <div className="flex flex-col items-start gap-4">
      <LogAtMoment transition={transition} />
      <dl className="grid w-full gap-x-6 gap-y-1.5 text-xs sm:grid-cols-[auto_minmax(0,1fr)]">
        <Fact word="Instant" value={formatInstant(transition.at).exact} />
        <Fact word="Cause" value={transition.cause.detail} />
        <Fact word="Source" value={transition.source} />
        {transition.commandId !== null && <Fact word="Command" value={transition.commandId} />}
        {inReadingOrder(facts).map(({ key, value }) => (
          <Fact key={key} {...inEvidenceWords(key, value)} />
        ))}
      </dl>
      {logs.map(({ key, lines }) => (
        <LastLines key={key} word={inEvidenceWords(key, "").word} lines={lines} />
      ))}
    </div>
  );
}

function Fact({ word, value }: { word: string; value: string }) {
  return (
    <>
      <dt className="text-ink-3">{word}</dt>
      <dd className="min-w-0 whitespace-pre-wrap font-mono text-ink [overflow-wrap:anywhere]">{value}</dd>
    </>
  );
}

/** Log lines as they stood when the move was seen. */
export function LastLines({ word, lines }: { word: string; lines: readonly string[] }) {
  return (
    <figure className="w-full min-w-0">
      <figcaption className="mb-1 text-xs text-ink-3">{word}</figcaption>
      <pre className="max-h-64 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-5 whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
        {lines.join("\n")}
      </pre>
    </figure>
  );
}
