import type { Machine } from "@/lib/machine/types";
import { Lamp } from "../lamp/lamp";
import { stateAnchor } from "./anchors";

/** The way to every machine and state of the catalogue. On a phone only the machines. */
export function MachineNav({ machines }: { machines: readonly Machine[] }) {
  return (
    <nav
      aria-label="Machines"
      className="flex gap-2 text-sm lg:sticky lg:top-[calc(var(--shell-height)+1rem)] lg:max-h-[calc(100dvh-var(--shell-height)-2rem)] lg:flex-col lg:gap-4 lg:overflow-y-auto lg:[scrollbar-width:thin]"
    >
      {machines.map(({ kind, states }) => (
        <div key={kind}>
          <a
            href={`#${kind}`}
            className="flex h-8 items-center rounded-md border border-line-strong px-3 font-medium text-ink hover:bg-hover lg:border-transparent lg:px-2"
          >
            {kind}
          </a>
          <ul className="max-lg:hidden">
            {states.map(({ name }) => (
              <li key={name}>
                <a
                  href={`#${stateAnchor(kind, name)}`}
                  className="flex h-7 items-center gap-2 rounded-md px-2 text-ink-2 hover:bg-hover hover:text-ink"
                >
                  <Lamp state={name} size={13} /> {name}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
