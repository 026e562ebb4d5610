/** A stream of bytes that somebody outside can end. */
export interface EndableStream {
  readonly readable: ReadableStream<Uint8Array>;
  /** Breaks it off: what the reader has not taken is thrown away with the connection. */
  drop(): void;
}

/**
 * Turns a generator into a response's body. It is asked for the next chunk only when the reader has
 * taken the last. When one of `signals` aborts the stream ends whole. `onEnd` runs once, however it ends.
 */
export function streamOf(
  chunks: AsyncGenerator<Uint8Array, void, void>,
  { signals, onEnd }: { readonly signals: readonly AbortSignal[]; readonly onEnd: () => void },
): EndableStream {
  let control: ReadableStreamDefaultController<Uint8Array> | null = null;
  const end = (how: (controller: ReadableStreamDefaultController<Uint8Array>) => void) => {
    const controller = control;
    if (controller === null) return;
    control = null;
    for (const signal of signals) signal.removeEventListener("abort", close);
    onEnd();
    how(controller);
    // Lets the generator clean up; it has no reader left to tell of a failure.
    chunks.return().catch(() => {});
  };
  const close = () => end((controller) => controller.close());
  const fail = (error: unknown) => end((controller) => controller.error(error));
  const readable = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        control = controller;
        for (const signal of signals) signal.addEventListener("abort", close, { once: true });
      },
      pull: async (controller) => {
        try {
          const { value, done } = await chunks.next();
          if (control === null) return;
          if (done) close();
          else controller.enqueue(value);
        } catch (error) {
          fail(error);
        }
      },
      cancel: () => end(() => {}),
    },
    { highWaterMark: 0 },
  );
  if (signals.some((signal) => signal.aborted)) close();
  // Next takes an AbortError for what it is, a connection given up, and does not report it.
  return { readable, drop: () => fail(new DOMException("The reader was too slow.", "AbortError")) };
}
