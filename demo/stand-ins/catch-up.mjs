/** Between two questions for blocks. */
const stepMs = 250;
/** So few blocks are fetched at once, and are no sync. */
const few = 2;

/** Fetches the blocks that a node lacks from the peer that has most of them, no faster than it is told. */
export class CatchUp {
  #options;
  /** @type {number | null} */
  #starting = null;
  /** @type {NodeJS.Timeout | undefined} */
  #asked;
  /** @type {NodeJS.Timeout | undefined} */
  #pause;
  perSecond;

  /**
   * @param {object} options
   * @param {() => readonly import("./links.mjs").Link[]} options.links
   * @param {() => number | null} options.head null: it can take no blocks now.
   * @param {(isSyncing: boolean) => void} options.changed
   * @param {number} options.perSecond
   */
  constructor(options) {
    this.#options = options;
    this.perSecond = options.perSecond;
  }

  /** Where the sync under way began; null: there is none. */
  get starting() {
    return this.#starting;
  }

  /** Whoever has seen a reason to, asks it to look whether blocks are missing. */
  look() {
    const head = this.#options.head();
    if (head === null) return;
    const [best] = [...this.#options.links()].sort((one, other) => other.head - one.head);
    const gap = best === undefined ? 0 : best.head - head;
    if (best === undefined || gap <= 0) this.#end();
    else if (this.#asked === undefined && this.#pause === undefined) this.#ask(best, head, gap);
  }

  /** The blocks that were asked for came, and were taken. */
  taken() {
    clearTimeout(this.#asked);
    this.#asked = undefined;
    if (this.#starting === null) {
      this.look();
      return;
    }
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.look();
    }, stepMs);
  }

  close() {
    clearTimeout(this.#asked);
    clearTimeout(this.#pause);
  }

  /** @param {import("./links.mjs").Link} link @param {number} head @param {number} gap */
  #ask(link, head, gap) {
    if (gap > few && this.#starting === null) {
      this.#starting = head;
      this.#options.changed(true);
    }
    const most = this.#starting === null ? few : Math.max(1, Math.round((this.perSecond * stepMs) / 1000));
    this.#asked = setTimeout(() => {
      this.#asked = undefined;
      this.look();
    }, 3_000);
    link.send({ t: "ask", from: head + 1, count: Math.min(gap, most) });
  }

  #end() {
    if (this.#starting === null) return;
    this.#starting = null;
    this.#options.changed(false);
  }
}
