"use client";

import { type ComponentType, useCallback, useState } from "react";

/**
 * A part of the page that most visits never show, loaded when `need` is first called; until then it is
 * null. A load that fails leaves it so, and the next `need` tries again.
 * @param load must be the same function at every call.
 */
export function useWhenNeeded<Props>(
  load: () => Promise<ComponentType<Props>>,
): readonly [part: ComponentType<Props> | null, need: () => void] {
  const [part, setPart] = useState<ComponentType<Props> | null>(null);
  const need = useCallback(() => {
    load().then(
      (loaded) => setPart(() => loaded),
      () => setPart(null),
    );
  }, [load]);
  return [part, need];
}
