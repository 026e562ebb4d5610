"use client";

import { Dialog } from "@base-ui/react/dialog";
import { useEffect, useState } from "react";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { isTyping } from "../ui/is-typing";
import { Kbd } from "../ui/kbd";
import { places } from "./places";
import { useGoTo } from "./use-go-to";

const shortcuts = [
  ...places.map(({ key, word }) => ({ keys: ["g", key], does: `Go to ${word}` })),
  { keys: ["/"], does: "Search" },
  { keys: ["↑", "↓"], does: "Move between services (also k and j)" },
  { keys: ["Home", "End"], does: "First and last service" },
  { keys: ["Enter"], does: "Open the service" },
  { keys: ["?"], does: "This list" },
];

/** `?` shows what the keyboard can do; what can be done everywhere is done here. */
export function ShortcutsDialog() {
  const [open, setOpen] = useState(false);
  useGoTo();

  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.key === "?" && !isTyping(event.target)) setOpen(true);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
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
