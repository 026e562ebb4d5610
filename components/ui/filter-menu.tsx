"use client";

import { Menu } from "@base-ui/react/menu";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { Icon } from "./icons";

export interface FilterOption {
  readonly value: string;
  readonly word: string;
  /** A small drawing before the word. */
  readonly mark?: ReactNode;
}

interface FilterMenuProps {
  /** What is filtered by: "State". */
  readonly word: string;
  readonly options: readonly FilterOption[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Any number of values to show; none shows all. What is chosen stays in the list, whatever it is. */
export function FilterMenu({ word, options, chosen, onChange }: FilterMenuProps) {
  const gone = chosen.filter((value) => !options.some((option) => option.value === value));
  const listed = [...options, ...gone.map((value) => ({ value, word: value, mark: undefined }))];
  const said = listed.filter(({ value }) => chosen.includes(value)).map((option) => option.word);
  const is = chosen.length > 0;

  function toggle(value: string, checked: boolean): void {
    onChange(checked ? [...chosen, value] : chosen.filter((each) => each !== value));
  }

  return (
    <Menu.Root>
      <Menu.Trigger
        className={cx(
          "inline-flex h-8 max-w-60 items-center gap-1.5 rounded-md border px-2.5 text-sm",
          is ? "border-accent text-ink" : "border-line-strong text-ink-2 hover:text-ink",
          "bg-surface hover:bg-hover",
        )}
      >
        {word}
        {is && (
          <span className="truncate font-medium">{said.length > 2 ? said.length : said.join(", ")}</span>
        )}
        <Icon name="chevron" size={10} className="rotate-90 text-ink-3" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="z-40">
          <Menu.Popup className="max-h-[min(24rem,var(--available-height))] min-w-44 overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 text-sm shadow-raised">
            {listed.map((option) => (
              <Menu.CheckboxItem
                key={option.value}
                checked={chosen.includes(option.value)}
                onCheckedChange={(checked) => toggle(option.value, checked)}
                className="flex h-8 cursor-default items-center gap-2 rounded-md pr-3 pl-2 outline-none data-[highlighted]:bg-hover"
              >
                <span className="grid size-4 place-items-center">
                  <Menu.CheckboxItemIndicator>
                    <Icon name="tick" size={12} />
                  </Menu.CheckboxItemIndicator>
                </span>
                {option.mark}
                <span className="truncate">{option.word}</span>
              </Menu.CheckboxItem>
            ))}
            {listed.length === 0 && <p className="px-2 py-1.5 text-ink-3">Nobody yet</p>}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
