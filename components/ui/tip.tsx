"use client";

import { useCallback, useEffect, useState } from "react";
import { followTips } from "./follow-tips";
import { useWhenNeeded } from "./use-when-needed";

const loadPopup = () => import("./tip-popup").then(({ TipPopup }) => TipPopup);

/**
 * Stands once, in the shell, and shows the words of the attribute `data-tip` of whatever is pointed at
 * or focused. For eyes only: what assistive technology must know is said by the thing itself.
 */
export function TipLayer() {
  const [Popup, needPopup] = useWhenNeeded(loadPopup);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);

  useEffect(
    () =>
      followTips({
        onNear: needPopup,
        onShow: (next) => {
          if (next !== null) setAnchor(next);
          setOpen(next !== null);
        },
      }),
    [needPopup],
  );

  return Popup !== null && anchor !== null && <Popup anchor={anchor} open={open} onClose={close} />;
}
