/**
 * A counter must never fall, yet what is known of the past can shrink: a move is dated back once it has
 * held for its settle time, and a stay that a scrape already counted was shorter. What was told last
 * stands until the sum has caught up; one mark for each series that is still told, in this process.
 */
export class HighWater {
  #told = new Map<string, number>();

  /**
   * Raises values to what was told before, where that is higher. What `raise` is not asked about within
   * `work` is forgotten.
   */
  hold<T>(work: (raise: (key: string, value: number) => number) => T): T {
    const before = this.#told;
    const now = new Map<string, number>();
    const done = work((key, value) => {
      const raised = Math.max(value, before.get(key) ?? 0);
      now.set(key, raised);
      return raised;
    });
    this.#told = now;
    return done;
  }
}
