"use client";

import { useInAddress } from "../ui/use-in-address";
import { type FleetFilter, readFilter, writeFilter } from "./fleet-filter";

/** The filter and how to change it; it stands in the address. */
export function useFleetFilter(): readonly [FleetFilter, (change: Partial<FleetFilter>) => void] {
  return useInAddress(readFilter, writeFilter);
}
