import type { LastKnown } from "../contract";
import { foundAs } from "./discover-units";
import type { WatchedUnit } from "./unit-watch";

/** Which units of one host are services: those that the configuration names, and those found by pattern. */
export class HostUnits {
  /** By the service's name. */
  #configured: ReadonlyMap<string, WatchedUnit> = new Map();
  #found: ReadonlyMap<string, WatchedUnit> = new Map();

  constructor(configured: readonly WatchedUnit[]) {
    this.configure(configured);
  }

  configure(units: readonly WatchedUnit[]): void {
    this.#configured = byName(units);
  }

  /** Takes the place of what was found before. */
  find(units: readonly WatchedUnit[]): void {
    this.#found = byName(units);
  }

  /** What was found before is watched from the start: its absence is to be read back as well. */
  remember(services: readonly LastKnown[]): void {
    const others = services.filter(({ service }) => !this.#configured.has(service));
    this.find(others.map(({ service }) => foundAs(`${service}.service`)));
  }

  of(service: string): WatchedUnit | undefined {
    return this.#configured.get(service) ?? this.#found.get(service);
  }

  all(): WatchedUnit[] {
    return [...new Map([...this.#found, ...this.#configured]).values()];
  }

  found(): string[] {
    return [...this.#found.values()].map(({ unit }) => unit);
  }

  /**
   * By every name that they have: an alias's unit is one that is configured too.
   * @param nameOnHost what systemd calls a service's unit, as far as it has been heard.
   */
  configured(nameOnHost: (service: string) => string | undefined): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { name, unit } of this.#configured.values()) {
      names.add(unit);
      names.add(nameOnHost(name) ?? unit);
    }
    return names;
  }
}

function byName(units: readonly WatchedUnit[]): ReadonlyMap<string, WatchedUnit> {
  return new Map(units.map((unit) => [unit.name, unit]));
}
