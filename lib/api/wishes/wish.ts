import type { Hub } from "../../feed/hub";

/** Should a notification be lost, the answer is found this much later. */
const lookEveryMs = 1_000;

export interface WishEvent {
  readonly event: "line" | "usage" | "end";
  readonly data: unknown;
}

/**
 * Something that the web side wants of a service for a while. An engine answers it through the
 * database. It lives while somebody asks for its events, and ends soon after nobody does.
 */
export interface Wish {
  open(): Promise<void>;
  /** What was answered since it was last asked; an `end` is the last. */
  events(): Promise<readonly WishEvent[]>;
  close(): Promise<void>;
}

/** What there is, or what there is after the next answer of an engine or a second at most. */
export async function nextAnswers<Answer>(
  hub: Hub,
  signal: AbortSignal,
  take: () => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  // Listens before it looks: what comes in between is not slept through.
  const done = new AbortController();
  const onAbort = () => done.abort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const came = hub.answerCame(lookEveryMs, done.signal);
    const found = await take();
    if (found.length > 0) return found;
    await came;
    return await take();
  } finally {
    done.abort();
    signal.removeEventListener("abort", onAbort);
  }
}
