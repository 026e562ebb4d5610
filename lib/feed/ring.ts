/** One event of the feed as its bytes go to every subscriber. */
export interface FeedEvent {
  /** The feed's position after it. */
  readonly position: number;
  /** False for what no feed row told, such as a silent engine: it carries the position it came at. */
  readonly fromRow: boolean;
  readonly bytes: Uint8Array;
}

/** Several events as they are sent, and the index of the event after them. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly next: number;
}

export interface RingLimits {
  readonly events: number;
  readonly bytes: number;
}

/**
 * The newest events, bounded in number and bytes, shared by all subscribers: each keeps only the
 * index of what it takes next, so a slow one costs no memory. Indexes count up and are never reused.
 */
export class Ring {
  #events: FeedEvent[] = [];
  #dropped = 0;
  #bytes = 0;
  #floor: number;
  /** What was last asked for. */
  #newest: { readonly from: number; readonly end: number; readonly chunk: Chunk } | null = null;
  readonly #limits: RingLimits;

  /** @param floor the feed's position before the first event. */
  constructor(floor: number, limits: RingLimits) {
    this.#floor = floor;
    this.#limits = limits;
  }

  /** The index of the oldest event that is still here. */
  get first(): number {
    return this.#dropped;
  }

  /** The index that the next event will get. */
  get end(): number {
    return this.#dropped + this.#events.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(event: FeedEvent): void {
    this.#events.push(event);
    this.#bytes += event.bytes.byteLength;
    const { events, bytes } = this.#limits;
    if (this.#events.length > events || this.#bytes > bytes) this.#drop();
  }

  /** The events from `index` on, up to about `bytes` of them but at least one; null if they are gone. */
  take(index: number, bytes: number): readonly FeedEvent[] | null {
    if (index < this.#dropped) return null;
    const start = index - this.#dropped;
    let end = start;
    for (let sum = 0; end < this.#events.length && sum < bytes; end++)
      sum += this.#events[end]?.bytes.byteLength ?? 0;
    return this.#events.slice(start, end);
  }

  /**
   * The same as one piece, made once for all who stand at one place: with hundreds of subscribers
   * each copy of its own would cost as much as everything else.
   */
  chunkFrom(index: number, bytes: number): Chunk | null {
    if (this.#newest?.from === index && this.#newest.end === this.end) return this.#newest.chunk;
    const events = this.take(index, bytes);
    if (events === null) return null;
    const [only] = events;
    const joined =
      only && events.length === 1 ? only.bytes : Buffer.concat(events.map((event) => event.bytes));
    const chunk = { bytes: joined, next: index + events.length };
    this.#newest = { from: index, end: this.end, chunk };
    return chunk;
  }

  /**
   * Where someone goes on who has everything up to `position`. What no row told may come again.
   * @returns null when events after it are gone, or it lies before the ring's beginning.
   */
  indexAfter(position: number): number | null {
    if (position <= this.#floor) return null;
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.#events[middle];
      if (event && (event.position < position || (event.position === position && event.fromRow)))
        low = middle + 1;
      else high = middle;
    }
    return this.#dropped + low;
  }

  /** A quarter at once: dropping one by one would copy the array each time. */
  #drop(): void {
    const wanted = { events: this.#limits.events * 0.75, bytes: this.#limits.bytes * 0.75 };
    let count = 0;
    while (this.#events.length - count > wanted.events || this.#bytes > wanted.bytes) {
      const event = this.#events[count];
      if (!event) break;
      this.#bytes -= event.bytes.byteLength;
      this.#floor = event.position;
      count++;
    }
    this.#events = this.#events.slice(count);
    this.#dropped += count;
  }
}
