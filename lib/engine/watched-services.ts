import type { Watched } from "./commander";
import type { HostWatch } from "./host-watch";

/** Every service that this engine watches, by its id in the database. */
export class WatchedServices {
  readonly #byId = new Map<number, Watched>();

  of(serviceId: number): Watched | undefined {
    return this.#byId.get(serviceId);
  }

  /** Takes over what a host's watch knows now. */
  index(watch: HostWatch): void {
    for (const track of watch.tracks())
      this.#byId.set(track.serviceId, { track, epoch: watch.epoch, platform: watch.platform });
  }

  /** Forgets what none of these watches any more. */
  keepOnly(watches: Iterable<HostWatch>): void {
    const kept = new Set<number>();
    for (const watch of watches) for (const { serviceId } of watch.tracks()) kept.add(serviceId);
    for (const serviceId of this.#byId.keys()) if (!kept.has(serviceId)) this.#byId.delete(serviceId);
  }
}
