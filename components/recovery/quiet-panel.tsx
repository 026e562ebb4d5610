import type { StateDefinition } from "@/lib/machine/types";

/** What the specification says of a state; what it does not say is left out. */
export function QuietPanel({ definition }: { definition: StateDefinition | undefined }) {
  if (definition === undefined) {
    return <p className="px-4 py-3 text-sm text-ink-2">Nothing is known of this state beyond its name.</p>;
  }
  const { description, characteristics, verification, typicalDuration, exit } = definition;
  return (
    <div className="flex flex-col gap-4 px-4 py-3 text-sm">
      <p className="text-ink-2">
        {description}.{typicalDuration !== undefined && ` Usually ${typicalDuration.text}.`}
      </p>
      <WordList title="Characteristics" words={characteristics} />
      <WordList title="Verification" words={verification} />
      <WordList title="Leads on" words={exit.map((line) => line.replaceAll("`", ""))} />
      <p className="text-ink-3">Nothing to recover from. In Error, the way out stands here.</p>
    </div>
  );
}

export function WordList({ title, words }: { title?: string; words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <div>
      {title !== undefined && <h3 className="mb-1 text-xs font-medium text-ink-3">{title}</h3>}
      <ul className="flex flex-col gap-0.5 text-ink-2">
        {words.map((word) => (
          <li key={word} className="flex gap-2">
            <span aria-hidden="true" className="mt-2 size-1 shrink-0 rounded-full bg-line-strong" />
            {word}
          </li>
        ))}
      </ul>
    </div>
  );
}
