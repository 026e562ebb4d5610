import type { Contact } from "./contact";
import type { WatchedUnit } from "./unit-watch";

const retryMs = 5_000;

/** Keeps what a contact watches as the configuration and the patterns have it. */
export class ContactFit {
  readonly #contact: Contact;
  readonly #wanted: () => readonly WatchedUnit[];
  readonly #warn: (message: string) => void;
  /** What the contact was last given to watch: by service, as configured. */
  #inForce: ReadonlyMap<string, string>;
  #ended = false;

  /** @param begun what the contact begins with. */
  constructor(
    contact: Contact,
    begun: readonly WatchedUnit[],
    wanted: () => readonly WatchedUnit[],
    warn: (message: string) => void,
  ) {
    this.#contact = contact;
    this.#wanted = wanted;
    this.#warn = warn;
    this.#inForce = written(begun);
  }

  /** The units that are to be watched now, and no others. */
  fit(): void {
    if (this.#ended) return;
    const units = this.#wanted();
    const wanted = written(units);
    for (const name of this.#contact.watches.keys())
      if (!wanted.has(name) || wanted.get(name) !== this.#inForce.get(name)) this.#contact.drop(name);
    this.#inForce = wanted;
    this.#contact.add(units).then(
      // What left the fleet while it was being added is dropped now.
      (added) => added && this.fit(),
      (error: Error) => {
        if (this.#ended) return;
        this.#warn(`new units are not watched yet, tried again soon: ${error.message}`);
        setTimeout(() => this.fit(), retryMs).unref();
      },
    );
  }

  end(): void {
    this.#ended = true;
  }
}

function written(units: readonly WatchedUnit[]): ReadonlyMap<string, string> {
  return new Map(units.map((watched) => [watched.name, JSON.stringify(watched)]));
}
