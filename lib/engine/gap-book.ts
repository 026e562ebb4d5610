import type { Span } from "./track";

/** The times of one host that nobody saw and nothing recovered, as far as present stays can reach back. */
export class GapBook {
  static readonly remembered = 1_000;
  readonly #spans: Span[];

  /** @param spans oldest first. */
  constructor(spans: readonly Span[]) {
    this.#spans = [...spans];
  }

  get spans(): readonly Span[] {
    return this.#spans;
  }

  add({ from, to }: Span): void {
    this.#spans.push({ from, to });
    if (this.#spans.length > GapBook.remembered) this.#spans.shift();
  }

  /** What is left of a span without the gaps in it, in order. */
  restOf(whole: Span): Span[] {
    const rest: Span[] = [];
    let from = whole.from;
    for (const gap of [...this.#spans].sort((left, right) => left.from - right.from)) {
      if (gap.to <= from || gap.from >= whole.to) continue;
      if (gap.from > from) rest.push({ from, to: gap.from });
      from = gap.to;
    }
    if (from < whole.to) rest.push({ from, to: whole.to });
    return rest;
  }
}
