/** A stream of bytes that somebody outside can end. */
export interface EndableStream {
  readonly readable: ReadableStream<Uint8Array>;
  /** Breaks it off: what the reader has not taken is thrown away with the connection. */
  drop(): void;
}

/** A stream that goes on without an end of its own once its opening was taken. */
export interface LiveStream extends EndableStream {
  /** To be called when there may be something new. */
  wake(): void;
}

interface Ends {
  readonly signals: readonly AbortSignal[];
  readonly onEnd: () => void;
}

/** The next bytes; null while there are none, `over` when there will be no more. */
export type TakeNext = () => Uint8Array | null | "over";

/**
 * Turns a generator into a response's body. It is asked for the next chunk only when the reader has
 * taken the last. When one of `signals` aborts the stream ends whole. `onEnd` runs once, however it ends.
 */
export function streamOf(chunks: AsyncGenerator<Uint8Array, void, void>, ends: Ends): EndableStream {
  return liveStreamOf(chunks, () => "over", ends);
}

/**
 * The same, going on with what `takeNext` gives after the generator's end. Waiting there costs
 * nothing: no promise or timer for each event of each of very many streams.
 */
export function liveStreamOf(
  opening: AsyncGenerator<Uint8Array, void, void>,
  takeNext: TakeNext,
  { signals, onEnd }: Ends,
): LiveStream {
  let control: ReadableStreamDefaultController<Uint8Array> | null = null;
  let opened = false;
  /** The reader has everything and asks for more. */
  let waiting = false;
  const end = (how: (controller: ReadableStreamDefaultController<Uint8Array>) => void) => {
    const controller = control;
    if (controller === null) return;
    control = null;
    for (const signal of signals) signal.removeEventListener("abort", close);
    onEnd();
    how(controller);
    // Lets the generator clean up; it has no reader left to tell of a failure.
    opening.return().catch(() => {});
  };
  const close = () => end((controller) => controller.close());
  const fail = (error: unknown) => end((controller) => controller.error(error));
  const goOn = () => {
    const next = takeNext();
    waiting = next === null;
    if (next === "over") close();
    else if (next !== null) control?.enqueue(next);
  };
  const open = async () => {
    try {
      const { value, done } = await opening.next();
      if (control === null) return;
      if (value) return control.enqueue(value);
      opened = done === true;
      goOn();
    } catch (error) {
      fail(error);
    }
  };
  const readable = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        control = controller;
        for (const signal of signals) signal.addEventListener("abort", close, { once: true });
      },
      pull: () => (opened ? goOn() : open()),
      cancel: () => end(() => {}),
    },
    { highWaterMark: 0 },
  );
  if (signals.some((signal) => signal.aborted)) close();
  return {
    readable,
    // Next takes an AbortError for what it is, a connection given up, and does not report it.
    drop: () => fail(new DOMException("The reader was too slow.", "AbortError")),
    wake: () => {
      if (waiting && control !== null) goOn();
    },
  };
}
