import { matchesGlob } from "./glob";
import type { Session } from "./session";
import { refuseUnitName } from "./unit-name";
import type { WatchedUnit } from "./unit-watch";

/** Unit name patterns as systemd matches them (glob(7)). */
export interface DiscoveryPatterns {
  readonly units: readonly string[];
  readonly except: readonly string[];
}

const settleMs = 1_000;

/** A unit that no configuration names, as a service. */
export function foundAs(unit: string): WatchedUnit {
  return { name: unit.slice(0, -".service".length), unit, kind: "service", settleMs };
}

/**
 * The services that are loaded on the host and match, but for those that are configured by name.
 * @param known found before: systemd forgets a stopped unit (DOMAIN §1.3, 20), which is not gone for that.
 */
export async function discoverUnits(
  session: Session,
  patterns: readonly DiscoveryPatterns[],
  configured: ReadonlySet<string>,
  known: readonly string[],
): Promise<WatchedUnit[]> {
  const found = new Map<string, WatchedUnit>();
  const stillThere = known.length === 0 ? [] : await session.listUnitsByNames(known);
  for (const { units, except } of patterns) {
    const matching = stillThere.filter(({ unit }) => units.some((pattern) => matchesGlob(unit, pattern)));
    const rows = [...(await session.listUnitsByPatterns([], units)), ...matching];
    for (const { unit, load } of rows) {
      if (!unit.endsWith(".service") || configured.has(unit) || refuseUnitName(unit) !== null) continue;
      // What others merely refer to is no service of this host.
      if (load === "not-found" || except.some((pattern) => matchesGlob(unit, pattern))) continue;
      found.set(unit, foundAs(unit));
    }
  }
  return [...found.values()];
}
