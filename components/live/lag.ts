/** A feed that is this far behind is no picture of now. */
const lateMs = 5_000;

/** How far a connection is behind what the server tells. Instants are of monotonic clocks, in ms. */
export interface Lag {
  /** The server was up `upMs` when it said what was heard at `now`. @returns how late that came. */
  heard(upMs: number, now: number): number;
  /** What the connection begins with is there: the whole fleet, or nothing where it goes on. */
  began(now: number): void;
  /** Whether beginning anew, with the whole fleet as it is then, would bring the picture nearer to now. */
  worthBeginningAnew(): boolean;
}

/**
 * On a line that carries less than happens, what was sent waits on the way: the fastest of what was
 * heard so far says how long the way itself takes, and by how much anything later came late.
 */
export function createLag(openedAt: number): Lag {
  let fastest = Number.POSITIVE_INFINITY;
  let behindMs = 0;
  let beginningMs: number | null = null;
  return {
    heard(upMs, now) {
      fastest = Math.min(fastest, now - upMs);
      behindMs = now - upMs - fastest;
      return behindMs;
    },
    began(now) {
      beginningMs ??= now - openedAt;
    },
    worthBeginningAnew: () => beginningMs !== null && behindMs > lateMs + beginningMs,
  };
}
