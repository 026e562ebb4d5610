"use client";

import { Lamp } from "../lamp/lamp";
import { compareStates, lampOf, stateWord } from "../lamp/state-lamps";
import { useFleetIndex, useStateCounts } from "../live/use-fleet";
import { cx } from "../ui/cx";
import { notObserved } from "./fleet-filter";

interface StateChipsProps {
  readonly chosen: readonly string[];
  readonly onChange: (states: readonly string[]) => void;
}

/** How many services are in each state; pressed, a chip shows only those. */
export function StateChips({ chosen, onChange }: StateChipsProps) {
  const counts = useStateCounts();
  const services = useFleetIndex(true);
  const unseen = services.filter((service) => service.contact.status !== "live").length;
  const chips = [...counts]
    .map(([key, count]) => ({
      state: key === "" ? null : key,
      word: stateWord(key === "" ? null : key),
      count,
    }))
    .sort((left, right) => compareStates(left.state, right.state));
  const gone = chosen.filter((word) => word !== notObserved && !chips.some((chip) => chip.word === word));

  function toggle(word: string): void {
    onChange(chosen.includes(word) ? chosen.filter((each) => each !== word) : [...chosen, word]);
  }

  return (
    <fieldset aria-label="Filter by state" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ state, word, count }) => (
        <Chip
          key={word}
          state={state}
          word={word}
          count={count}
          pressed={chosen.includes(word)}
          onPress={toggle}
        />
      ))}
      {gone.map((word) => (
        <Chip key={word} state={word} word={word} count={0} pressed onPress={toggle} />
      ))}
      {(unseen > 0 || chosen.includes(notObserved)) && (
        <Chip
          state={null}
          word={notObserved}
          count={unseen}
          hatched
          pressed={chosen.includes(notObserved)}
          onPress={toggle}
        />
      )}
    </fieldset>
  );
}

interface ChipProps {
  readonly state: string | null;
  readonly word: string;
  readonly count: number;
  readonly pressed: boolean;
  readonly hatched?: boolean;
  readonly onPress: (word: string) => void;
}

function Chip({ state, word, count, pressed, hatched = false, onPress }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      data-lamp={lampOf(state).slug}
      onClick={() => onPress(word)}
      className={cx(
        "inline-flex h-8 items-center gap-1.5 rounded-md border px-2.5 text-sm transition-colors duration-100",
        pressed
          ? "border-state bg-[color-mix(in_oklab,var(--state)_12%,var(--surface))] text-ink"
          : "border-line bg-surface text-ink-2 hover:border-line-strong hover:text-ink",
      )}
    >
      {hatched ? (
        <span
          aria-hidden="true"
          className="size-3.5 rounded-full bg-[repeating-linear-gradient(135deg,var(--ink-3)_0_2px,transparent_2px_4px)]"
        />
      ) : (
        <Lamp state={state} size={13} />
      )}
      <span>{word}</span>
      <span className="font-semibold text-ink">{count}</span>
    </button>
  );
}
