/**
 * A counter must never fall, yet what is known of the past can shrink: a move is dated back once it has
 * held for its settle time, and a stay that a scrape already counted was shorter. What was told last
 * stands until the sum has caught up; one mark for each series that is still told, in this process.
 */
export class HighWater {
  #told = new Map<string, number>();

  /** The same series, none lower than it was told before. Those that are not among them are forgotten. */
  hold<S extends { readonly key: string; readonly value: number }>(series: readonly S[]): S[] {
    const held = series.map((each) => ({
      ...each,
      value: Math.max(each.value, this.#told.get(each.key) ?? 0),
    }));
    this.#told = new Map(held.map(({ key, value }) => [key, value]));
    return held;
  }
}
