"use client";

import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import type { Alert } from "@/lib/wire/alert";
import { useWhenNeeded } from "../ui/use-when-needed";

const SilencingContext = createContext<((alert: Alert) => void) | null>(null);

const loadDialog = () => import("./silence-dialog").then(({ SilenceDialog }) => SilenceDialog);

/** Opens the dialog that silences an alert; must be called below a `SilencingProvider`. */
export function useSilencing(): (alert: Alert) => void {
  const silence = useContext(SilencingContext);
  if (silence === null) throw new Error("This view must stand inside a SilencingProvider.");
  return silence;
}

/** Stands around the alerts of a page: one dialog for all of them, loaded when it is first wanted. */
export function SilencingProvider({ children }: { children: ReactNode }) {
  const [Dialog, needDialog] = useWhenNeeded(loadDialog);
  const [alert, setAlert] = useState<Alert | null>(null);
  const [open, setOpen] = useState(false);

  const silence = useCallback(
    (next: Alert) => {
      needDialog();
      setAlert(next);
      setOpen(true);
    },
    [needDialog],
  );

  return (
    <SilencingContext value={silence}>
      {children}
      {Dialog !== null && alert !== null && (
        // Per alert, and mounted while closed: what was typed is still there when it is opened again.
        <Dialog key={alert.id} alert={alert} open={open} onOpenChange={setOpen} />
      )}
    </SilencingContext>
  );
}
