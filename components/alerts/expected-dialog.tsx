"use client";

import { Dialog } from "@base-ui/react/dialog";
import type { FormEvent, ReactNode } from "react";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";

interface ExpectedDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What will come of it, in a sentence. */
  readonly says: string;
  readonly submit: string;
  readonly asking: boolean;
  readonly refusal: string | null;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** A form in a dialog. A press beside it does not close it: what was typed is not lost by a slip. */
export function ExpectedDialog(props: ExpectedDialogProps) {
  const { open, onOpenChange, title, says, submit, asking, refusal, onSubmit, children } = props;

  function onForm(event: FormEvent): void {
    event.preventDefault();
    onSubmit();
  }

  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[30rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border border-line-strong bg-raised p-5 shadow-raised">
          <form noValidate onSubmit={onForm} className="flex flex-col gap-4">
            <div>
              <div className="flex items-center">
                <Dialog.Title className="grow text-base font-semibold">{title}</Dialog.Title>
                <Dialog.Close render={<Button look="quiet" size="square" aria-label="Close" />}>
                  <Icon name="cross" />
                </Dialog.Close>
              </div>
              <Dialog.Description className="text-sm text-ink-2">{says}</Dialog.Description>
            </div>
            {children}
            {refusal !== null && (
              <p role="alert" className="rounded-md border border-error px-3 py-2 text-sm text-error">
                {refusal}
              </p>
            )}
            <div className="flex justify-end gap-2">
              <Dialog.Close render={<Button look="quiet" />}>Cancel</Dialog.Close>
              <Button type="submit" look="primary" refusal={asking ? "Being asked for…" : null}>
                {submit}
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
