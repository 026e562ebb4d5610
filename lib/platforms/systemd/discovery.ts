import { type DiscoveryPatterns, discoverUnits } from "./discover-units";
import type { Session } from "./session";
import type { WatchedUnit } from "./unit-watch";

/** Units come and go in bursts, as with every daemon-reload. */
const afterMs = 500;

export interface DiscoveryParts {
  readonly session: () => Session | null;
  /** The units that have a place of their own in the configuration. */
  readonly configured: () => ReadonlySet<string>;
  /** The units that were found before. */
  readonly known: () => readonly string[];
  /** Told of all that there are, whenever they are others than before. */
  readonly onFound: (units: readonly WatchedUnit[]) => void;
  readonly warn: (message: string) => void;
}

/** Looks for units by pattern whenever there may be new ones. */
export class Discovery {
  readonly #parts: DiscoveryParts;
  #patterns: readonly DiscoveryPatterns[];
  #timer: NodeJS.Timeout | null = null;
  #known: string | null = null;

  constructor(patterns: readonly DiscoveryPatterns[], parts: DiscoveryParts) {
    this.#patterns = patterns;
    this.#parts = parts;
  }

  set patterns(patterns: readonly DiscoveryPatterns[]) {
    this.#patterns = patterns;
    // Which services are configured may have changed as well: what is found is told again.
    this.#known = null;
  }

  soon(): void {
    if (this.#patterns.length === 0 || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#look();
    }, afterMs);
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const session = this.#parts.session();
    if (session === null) return;
    try {
      const { configured, known } = this.#parts;
      const found = await discoverUnits(session, this.#patterns, configured(), known());
      if (session !== this.#parts.session()) return;
      const names = JSON.stringify(found.map(({ name }) => name).sort());
      if (names === this.#known) return;
      this.#known = names;
      this.#parts.onFound(found);
    } catch (error) {
      if (session === this.#parts.session())
        this.#parts.warn(`units could not be looked for: ${(error as Error).message}`);
    }
  }
}
