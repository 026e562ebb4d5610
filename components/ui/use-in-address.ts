"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";

/** Browsers refuse an address that changes with every key. */
const writeAfterMs = 250;

/**
 * What is shown of a page, kept in its address: the value and how to change it. The address follows a
 * moment later, and is obeyed when it changes. `read` and `write` must be the same functions always.
 */
export function useInAddress<Value>(
  read: (address: URLSearchParams) => Value,
  write: (value: Value) => string,
): readonly [Value, (change: Partial<Value>) => void] {
  const address = useSearchParams().toString();
  const [value, setValue] = useState(() => read(new URLSearchParams(address)));
  const written = useRef(address);
  const known = useRef(address);

  useEffect(() => {
    if (address === known.current) return;
    known.current = address;
    // Our own writing coming back is old news while somebody types on.
    if (address !== written.current) setValue(read(new URLSearchParams(address)));
    written.current = address;
  }, [address, read]);

  useEffect(() => {
    const next = write(value);
    if (next === written.current) return;
    const timer = setTimeout(() => {
      written.current = next;
      history.replaceState(null, "", next === "" ? location.pathname : `?${next}`);
    }, writeAfterMs);
    return () => clearTimeout(timer);
  }, [value, write]);

  const change = useCallback((next: Partial<Value>) => setValue((now) => ({ ...now, ...next })), []);
  return [value, change];
}
