import type { UnitWatch } from "./unit-watch";

/**
 * The watches of one contact: by service, and by the name that systemd has for the unit, which an
 * alias is not: two services may be one unit.
 */
export class WatchIndex {
  readonly #byUnit = new Map<string, Set<UnitWatch>>();
  readonly #byService = new Map<string, UnitWatch>();

  get byService(): ReadonlyMap<string, UnitWatch> {
    return this.#byService;
  }

  ofUnit(unit: string): Iterable<UnitWatch> {
    return this.#byUnit.get(unit) ?? [];
  }

  add(watch: UnitWatch): void {
    const { unit, name } = watch.watched;
    this.#byUnit.set(unit, (this.#byUnit.get(unit) ?? new Set()).add(watch));
    this.#byService.set(name, watch);
  }

  /** @returns whether nobody else watches its unit. */
  remove(watch: UnitWatch): boolean {
    const { unit, name } = watch.watched;
    this.#byService.delete(name);
    const others = this.#byUnit.get(unit);
    others?.delete(watch);
    if (others && others.size > 0) return false;
    this.#byUnit.delete(unit);
    return true;
  }
}
