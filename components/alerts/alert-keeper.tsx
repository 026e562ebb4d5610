"use client";

import { useOpenAlerts } from "../live/use-fleet";
import { firingAlerts } from "./alert-order";
import { useBrowserNotices } from "./use-browser-notices";
import { useKeepAlerts } from "./use-keep-alerts";
import { useTitleCount } from "./use-title-count";

/** Stands once, in the shell: keeps the open alerts true, and tells of them outside the page. */
export function AlertKeeper() {
  useKeepAlerts();
  useTitleCount(firingAlerts(useOpenAlerts()).length);
  useBrowserNotices();
  return null;
}
