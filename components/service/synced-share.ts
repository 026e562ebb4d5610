import type { Service } from "@/lib/wire/service";

/** How far a synchronisation has come, 0 to 1, where the service's health counts it. */
export function syncedShare({ state, health }: Service): number | undefined {
  if (state !== "Syncing" || health.have === undefined || !health.want) return undefined;
  return Math.min(1, Math.max(0, health.have / health.want));
}
