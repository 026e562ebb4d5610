import { type RefObject, type UIEvent, useLayoutEffect, useState } from "react";

/** How near to the end counts as being there. */
const nearPx = 24;

/** Keeps a scrolled field at its end until the reader scrolls away from it. */
export function useStayAtEnd(field: RefObject<HTMLDivElement | null>, size: number) {
  const [heldAt, setHeldAt] = useState<number | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new line moves the end.
  useLayoutEffect(() => {
    if (heldAt === null && field.current !== null) field.current.scrollTop = field.current.scrollHeight;
  }, [size, heldAt]);

  function onScroll({ currentTarget }: UIEvent<HTMLDivElement>): void {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget;
    const atEnd = scrollHeight - scrollTop - clientHeight < nearPx;
    setHeldAt((held) => (atEnd ? null : (held ?? size)));
  }
  return {
    onScroll,
    held: heldAt !== null,
    missed: heldAt === null ? 0 : Math.max(0, size - heldAt),
    goToEnd: () => setHeldAt(null),
  };
}
