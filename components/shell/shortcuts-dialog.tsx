"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { Kbd } from "../ui/kbd";
import { places } from "./places";

const shortcuts = [
  ...places.map(({ key, word }) => ({ keys: ["g", key], does: `Go to ${word}` })),
  { keys: ["/"], does: "Search" },
  { keys: ["↑", "↓"], does: "Move between services or alerts (also k and j)" },
  { keys: ["Home", "End"], does: "First and last of them" },
  { keys: ["Enter"], does: "Open the service" },
  { keys: ["←", "→"], does: "On a chart: step through it, or move its axis" },
  { keys: ["+", "−"], does: "On a chart: zoom; Home comes back to now" },
  { keys: ["a"], does: "Acknowledge the alert that has the focus" },
  { keys: ["s"], does: "Silence the alert that has the focus" },
  { keys: ["?"], does: "This list" },
];

interface ShortcutsDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="fixed top-24 left-1/2 z-50 w-[26rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 rounded-lg border border-line-strong bg-raised p-5 shadow-raised">
          <div className="mb-3 flex items-center">
            <Dialog.Title className="grow text-base font-semibold">Keyboard</Dialog.Title>
            <Dialog.Close render={<Button look="quiet" size="square" aria-label="Close" />}>
              <Icon name="cross" />
            </Dialog.Close>
          </div>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
            {shortcuts.map(({ keys, does }) => (
              <div key={does} className="contents">
                <dt className="flex gap-1">
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dt>
                <dd className="text-ink-2">{does}</dd>
              </div>
            ))}
          </dl>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
