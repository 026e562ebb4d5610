"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

let ofThisBrowser: QueryClient | undefined;

/**
 * Stands around a page that asks the server for more than the feed tells. What one page has read, the
 * next one finds; on the server every rendering begins with nothing.
 */
export function Queries({ children }: { children: ReactNode }) {
  const [queries] = useState(() => {
    if (typeof window === "undefined") return createQueries();
    ofThisBrowser ??= createQueries();
    return ofThisBrowser;
  });
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}

/** Requests are told by the feed when they are out of date, not by a timer or a change of window. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: 1 },
    },
  });
}
