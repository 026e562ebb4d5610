"use client";

import { useEffect, useState } from "react";
import { isTyping } from "../ui/is-typing";
import { useWhenNeeded } from "../ui/use-when-needed";
import { useGoTo } from "./use-go-to";

const loadDialog = () => import("./shortcuts-dialog").then(({ ShortcutsDialog }) => ShortcutsDialog);

/** What the keyboard can do everywhere; `?` shows what it can do at all. */
export function Shortcuts() {
  const [Dialog, needDialog] = useWhenNeeded(loadDialog);
  const [open, setOpen] = useState(false);
  useGoTo();

  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.key !== "?" || isTyping(event.target)) return;
      needDialog();
      setOpen(true);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [needDialog]);

  return Dialog !== null && <Dialog open={open} onOpenChange={setOpen} />;
}
