"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { type FleetFilter, readFilter, writeFilter } from "./fleet-filter";

/** Browsers refuse an address that changes with every key. */
const writeAfterMs = 250;

/** The filter and how to change it; the address follows a moment later, and is obeyed when it changes. */
export function useFleetFilter(): readonly [FleetFilter, (change: Partial<FleetFilter>) => void] {
  const address = useSearchParams().toString();
  const [filter, setFilter] = useState(() => readFilter(new URLSearchParams(address)));
  const written = useRef(address);
  const known = useRef(address);

  useEffect(() => {
    if (address === known.current) return;
    known.current = address;
    // Our own writing coming back is old news while somebody types on.
    if (address !== written.current) setFilter(readFilter(new URLSearchParams(address)));
    written.current = address;
  }, [address]);

  useEffect(() => {
    const next = writeFilter(filter);
    if (next === written.current) return;
    const timer = setTimeout(() => {
      written.current = next;
      history.replaceState(null, "", next === "" ? location.pathname : `?${next}`);
    }, writeAfterMs);
    return () => clearTimeout(timer);
  }, [filter]);

  const change = useCallback((next: Partial<FleetFilter>) => setFilter((now) => ({ ...now, ...next })), []);
  return [filter, change];
}
