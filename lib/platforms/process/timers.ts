const longestTimerMs = 2_147_483_647;
/** A timer that is so late was held up by a pause of this process. */
const pausedMs = 100;
/** What came in a pause may reach a thread of ours a moment after this one goes on. */
const newsFirstMs = 50;

/**
 * Calls `act` when `ms` are over by the monotonic clock, and returns what takes it back. After a
 * pause of this process (SIGSTOP, a sleeping laptop) timers fire before the news that waited
 * meanwhile; so an exit that is already there is told first.
 */
export function after(ms: number, act: () => void): () => void {
  const waitMs = Math.min(Math.max(0, ms), longestTimerMs);
  const dueAt = performance.now() + waitMs;
  let immediate: NodeJS.Immediate | undefined;
  const soon = () => {
    immediate = setImmediate(act);
  };
  let timer = setTimeout(() => {
    if (performance.now() - dueAt < pausedMs) soon();
    else timer = setTimeout(soon, newsFirstMs);
  }, waitMs);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}

/** A point in time by which something must have ended. It may be brought forward, never put off. */
class Deadline {
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

/** When what is being ended is killed, and when it is given up because not even that ended it. */
export class EndTimes {
  /** Resolves when it is given up. */
  readonly gaveUp: Promise<void>;
  readonly #kill: Deadline;
  readonly #giveUp: Deadline;

  constructor(patienceMs: number, onKill: (hurried: boolean) => void) {
    let resolve: () => void = () => undefined;
    this.gaveUp = new Promise((done) => {
      resolve = done;
    });
    this.#giveUp = new Deadline(() => resolve());
    this.#kill = new Deadline((hurried) => {
      this.#giveUp.arm(patienceMs);
      onKill(hurried);
    });
  }

  get isKillTime(): boolean {
    return this.#kill.passed;
  }

  get isOver(): boolean {
    return this.#giveUp.passed;
  }

  /** It is killed after `limitMs`, if not earlier already. */
  arm(limitMs: number, hurried = false): void {
    this.#kill.arm(limitMs, hurried);
  }

  cancel(): void {
    this.#kill.cancel();
    this.#giveUp.cancel();
  }
}
