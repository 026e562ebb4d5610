import type { Machine, StateDefinition } from "@/lib/machine/types";
import { Lamp } from "../lamp/lamp";
import { WordList } from "../recovery/quiet-panel";
import { stateAnchor } from "./anchors";
import { EdgeEntry } from "./edge-entry";

interface StateCardProps {
  readonly machine: Machine;
  readonly state: StateDefinition;
}

/** A state with all that the specification says of it, and every way out. */
export function StateCard({ machine, state }: StateCardProps) {
  const { name, description, characteristics, entry, exit, typicalDuration, verification, recovery } = state;
  const ways = machine.transitions.filter(({ from }) => from === name);
  const lists = [
    { title: "Characteristics", words: characteristics },
    { title: "Entry conditions", words: entry },
    { title: "Exit conditions", words: exit.map((line) => line.replaceAll("`", "")) },
    { title: "Typical duration", words: typicalDuration === undefined ? [] : [typicalDuration.text] },
    { title: "Verification", words: verification },
    { title: "Recovery actions", words: recovery },
  ].filter(({ words }) => words.length > 0);
  return (
    <article
      id={stateAnchor(machine.kind, name)}
      tabIndex={-1}
      aria-label={`${name} of ${machine.kind}`}
      className="machine-anchor rounded-lg border border-line bg-surface"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
        <Lamp state={name} />
        <h3 className="text-base font-semibold text-ink">{name}</h3>
        <p className="text-sm text-ink-2">{description}</p>
        <a
          href={`#${stateAnchor(machine.kind, name)}`}
          aria-label={`Link to ${name} of ${machine.kind}`}
          className="ml-auto grid size-6 place-items-center rounded text-ink-3 hover:bg-hover hover:text-ink"
        >
          #
        </a>
      </header>
      {lists.length > 0 && (
        <div className="grid gap-x-6 gap-y-4 border-t border-line px-4 py-3 text-sm sm:grid-cols-2 xl:grid-cols-3">
          {lists.map(({ title, words }) => (
            <WordList key={title} title={title} words={words} />
          ))}
        </div>
      )}
      <ul aria-label={`Ways out of ${name}`} className="border-t border-line">
        {ways.map((edge) => (
          <EdgeEntry key={`${edge.event} ${edge.to}`} kind={machine.kind} edge={edge} />
        ))}
      </ul>
    </article>
  );
}
