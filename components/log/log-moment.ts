"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { LogLine, Service } from "@/lib/wire/service";
import { type Page, readJson } from "../live/read-json";
import { serviceApi } from "../service/service-href";
import { type LogLevel, levelQuery } from "./log-view";

const linesAround = 200;

/** Shows the log around an instant, where the page has a log; `null` where it has none. */
const ShowMoment = createContext<((at: string) => void) | null>(null);
export const ShowMomentProvider = ShowMoment.Provider;

export function useShowMoment(): ((at: string) => void) | null {
  return use(ShowMoment);
}

/** The lines before and after an instant. */
export function useMoment(service: Service, at: string, level: LogLevel) {
  const address = `${serviceApi(service)}/logs?lines=${linesAround}&around=${at}${levelQuery(level)}`;
  return useQuery({
    queryKey: ["log", address],
    queryFn: async ({ signal }) => (await readJson<Page<LogLine>>(address, signal)).items,
  });
}
