/**
 * sshd drops connections at random once ten are not logged in yet (sshd_config, MaxStartups); with fewer of
 * ours on their way, what watches the host gets in too.
 */
const mostAtOnce = 4;
/** By then it is logged in, though nothing was heard from there. */
const longestMs = 3_000;

/** Few connections to a host are opened at the same time; the others wait their turn. */
export class Openings {
  #under = 0;
  readonly #waiting = new Set<() => void>();

  /** @returns what is to be called when it is open, or never will be. @throws the reason of `signal`. */
  async begin(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#under < mostAtOnce) this.#under++;
    else await this.#turn(signal);
    let isOver = false;
    const over = () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      this.#next();
    };
    const timer = setTimeout(over, longestMs).unref();
    return over;
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      const giveUp = () => {
        this.#waiting.delete(go);
        reject(signal.reason);
      };
      this.#waiting.add(go);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  /** Hands the place on, or gives it back. */
  #next(): void {
    const [go] = this.#waiting;
    if (go === undefined) this.#under--;
    else {
      this.#waiting.delete(go);
      go();
    }
  }
}
