import type { HostFacts } from "../contract";
import type { Contact } from "./contact";
import type { HostClock } from "./host-clock";

const everyMs = 30_000;

const nothing: HostFacts = {
  manager: null,
  roundTripMs: null,
  clockOffsetMs: null,
  watched: 0,
  recordFrom: null,
  rights: null,
  trouble: null,
};

/** What there is to say of a host itself during one contact: told when it changes, and now and then. */
export class HostReport {
  readonly #contact: Contact;
  readonly #clock: HostClock;
  readonly #tell: (facts: HostFacts) => void;
  #facts: HostFacts;
  #timer: NodeJS.Timeout | null = null;
  #ended = false;

  constructor(
    contact: Contact,
    clock: HostClock,
    known: Pick<HostFacts, "recordFrom" | "trouble">,
    tell: (facts: HostFacts) => void,
  ) {
    this.#contact = contact;
    this.#clock = clock;
    this.#facts = { ...nothing, ...known };
    this.#tell = tell;
  }

  begin(): void {
    void this.#report();
    this.#timer = setInterval(() => void this.#report(), everyMs);
  }

  /** What is wrong although there is contact. */
  set trouble(trouble: string | null) {
    this.#facts = { ...this.#facts, trouble };
    void this.#report();
  }

  /** Something that is told with it is another one than before. */
  soon(): void {
    void this.#report();
  }

  end(): void {
    this.#ended = true;
    if (this.#timer) clearInterval(this.#timer);
  }

  async #report(): Promise<void> {
    const took = await this.#contact.session.ping().catch(() => null);
    if (this.#ended) return;
    const roundTripMs = took === null ? null : Number(took.toPrecision(2));
    const { offsetUs } = this.#clock;
    const clockOffsetMs = offsetUs === null ? null : Math.round(offsetUs / 1000);
    this.#tell({ ...this.#facts, ...this.#contact.facts(), roundTripMs, clockOffsetMs });
  }
}
