/** How long one has to point at something; once a tip was seen, the next one comes at once. */
const delayMs = 350;
const stillWarmMs = 300;
/** Long enough to reach the tip itself, which may be pointed at. */
const leaveMs = 120;

/** The attribute that carries a tip's words. */
export const tipAttribute = "data-tip";
/** Marks the tip that is shown. */
export const tipPopupAttribute = "data-tip-popup";

interface TipListener {
  /** One points at something that has a tip, or focuses it: it may be shown soon. */
  onNear(): void;
  /** What the tip of is to be shown now; `null` for none. */
  onShow(anchor: HTMLElement | null): void;
}

/**
 * Watches the whole page for what is pointed at or focused with the keyboard: thousands of things
 * with a tip cost nothing. Escape and a press take the tip away, as WCAG 2.2, 1.4.13 wants it.
 * @returns how to stop.
 */
export function followTips({ onNear, onShow }: TipListener): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true, passive: true };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let aimed: HTMLElement | null = null;
  let shown: HTMLElement | null = null;
  let dismissed: HTMLElement | null = null;
  let hiddenAt = Number.NEGATIVE_INFINITY;

  function aim(anchor: HTMLElement | null, afterMs: number): void {
    if (anchor === aimed) return;
    aimed = anchor;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (shown !== null && anchor === null) hiddenAt = performance.now();
      shown = anchor;
      onShow(anchor);
    }, afterMs);
    if (anchor !== null) onNear();
  }

  function onPointerOver(event: PointerEvent): void {
    if (event.pointerType === "touch") return;
    const isOnTip = isWithin(event.target, tipPopupAttribute) !== null;
    const anchor = isOnTip ? shown : isWithin(event.target, tipAttribute);
    if (anchor === null || anchor !== dismissed) dismissed = null;
    if (dismissed !== null) return;
    const isWarm = shown !== null || performance.now() - hiddenAt < stillWarmMs;
    aim(anchor, anchor === null ? leaveMs : isWarm ? 0 : delayMs);
  }

  function onFocusIn({ target }: FocusEvent): void {
    const anchor = isWithin(target, tipAttribute);
    if (anchor?.matches(":focus-visible")) aim(anchor, 0);
  }

  function dismiss(): void {
    dismissed = aimed;
    aim(null, 0);
  }

  document.addEventListener("pointerover", onPointerOver, options);
  document.addEventListener("focusin", onFocusIn, options);
  document.addEventListener("focusout", () => aim(null, 0), options);
  document.addEventListener("pointerdown", dismiss, options);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && dismiss(), options);
  document.documentElement.addEventListener("pointerleave", () => aim(null, leaveMs), options);
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}

function isWithin(target: EventTarget | null, attribute: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(`[${attribute}]`) : null;
}
