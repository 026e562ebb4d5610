import type { Service } from "@/lib/wire/service";

/** How far a synchronisation has come, 0 to 1; null: not known; undefined where there is none. */
export function syncedShare({ state, application }: Service): number | null | undefined {
  if (state !== "Syncing") return undefined;
  const share = application?.sync?.share ?? null;
  return share === null ? null : Math.min(1, Math.max(0, share));
}
