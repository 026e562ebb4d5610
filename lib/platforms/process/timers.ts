const longestTimerMs = 2_147_483_647;

/**
 * Calls `act` when `ms` are over by the monotonic clock, and returns what takes it back. After a
 * pause of this process (SIGSTOP, a sleeping laptop) timers fire before the news that waited
 * meanwhile; so an exit that is already there is told first.
 */
export function after(ms: number, act: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(
    () => {
      immediate = setImmediate(act);
    },
    Math.min(Math.max(0, ms), longestTimerMs),
  );
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}

/** A point in time by which something must have ended. It may be brought forward, never put off. */
export class Deadline {
  #until = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => undefined;
  #passed = false;
  readonly #onPassed: (hurried: boolean) => void;

  constructor(onPassed: (hurried: boolean) => void) {
    this.#onPassed = onPassed;
  }

  get passed(): boolean {
    return this.#passed;
  }

  arm(limitMs: number, hurried = false): void {
    const until = performance.now() + limitMs;
    if (this.#passed || until >= this.#until) return;
    this.#until = until;
    this.#cancel();
    this.#cancel = after(limitMs, () => {
      this.#passed = true;
      this.#onPassed(hurried);
    });
  }

  cancel(): void {
    this.#cancel();
    this.#until = Number.NEGATIVE_INFINITY;
  }
}
