/** Lets things wait until the services have come to be as they need them. */
export class Moves {
  readonly #waiting = new Set<() => void>();

  /** To be called whenever a service is in another state. */
  readonly moved = (): void => {
    for (const look of [...this.#waiting]) look();
  };

  /** Resolves as soon as `condition` holds after a move, or when `signal` aborts. */
  until(condition: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        this.#waiting.delete(look);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const look = () => {
        if (condition()) end();
      };
      this.#waiting.add(look);
      signal.addEventListener("abort", end, { once: true });
      if (signal.aborted) end();
      else look();
    });
  }
}
