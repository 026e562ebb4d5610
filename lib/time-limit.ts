/** How long something may take. */
export interface TimeLimit {
  /** Aborts when the time is over, and with `parent`. */
  readonly signal: AbortSignal;
  /** The time is over; false where it was `parent` that aborted. */
  readonly isOver: boolean;
  /** To be called when it is done: lets go of the timer and of `parent`. */
  end(): void;
}

/**
 * A limit of `ms`, which keeps no process alive. Not `AbortSignal.any` with `AbortSignal.timeout`: Node
 * may collect what these are made of while somebody still waits for them, and then they never abort.
 */
export function timeLimit(ms: number, parent?: AbortSignal): TimeLimit {
  const controller = new AbortController();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    controller.abort(new DOMException("the time is over", "TimeoutError"));
  }, ms).unref();
  const follow = () => controller.abort(parent?.reason);
  if (parent?.aborted) follow();
  else parent?.addEventListener("abort", follow, { once: true });
  return {
    signal: controller.signal,
    get isOver() {
      return isOver;
    },
    end: () => {
      clearTimeout(timer);
      parent?.removeEventListener("abort", follow);
    },
  };
}
