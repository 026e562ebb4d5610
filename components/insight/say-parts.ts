import type { StateBand } from "./bands";
import { saySharing } from "./shares";
import type { Ends } from "./span";

/** What part of the time each state took, by the bands: "Running 97.0 %, Error 3.0 %." */
export function sayParts(bands: readonly StateBand[], { from, to }: Ends): string {
  const sums = new Map<string | null, number>();
  for (const band of bands) {
    const ms = Math.min(band.to, to) - Math.max(band.from, from);
    if (ms > 0) sums.set(band.state, (sums.get(band.state) ?? 0) + ms);
  }
  const parts = [...sums].map(([state, ms]) => ({ state, ms, share: ms / (to - from) }));
  return saySharing(parts);
}
