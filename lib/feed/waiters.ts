/** Those who wait for something to happen; each is woken once. */
export class Waiters {
  readonly #waiting = new Set<() => void>();

  wake(): void {
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }

  /** Resolves with true when woken, with false after `ms` or when `signal` aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (woken: boolean) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        this.#waiting.delete(onWake);
        resolve(woken);
      };
      const onWake = () => end(true);
      const onAbort = () => end(false);
      const timer = setTimeout(onAbort, ms);
      if (signal?.aborted) return end(false);
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiting.add(onWake);
    });
  }
}
