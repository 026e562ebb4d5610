"use client";

import { useState } from "react";

/** The newest known value of each key: while it is asked for anew, the one before stays. */
export function useKept<Value>(
  keys: readonly string[],
  values: readonly (Value | undefined)[],
): readonly (Value | undefined)[] {
  const [kept] = useState(() => new Map<string, Value>());
  return keys.map((key, at) => {
    const value = values[at];
    if (value === undefined) return kept.get(key);
    kept.set(key, value);
    return value;
  });
}
