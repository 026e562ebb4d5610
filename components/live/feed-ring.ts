import { comparePositions, type FeedMessage } from "./feed-protocol";

export interface FeedRing {
  /** Keeps a message, forgetting the oldest ones beyond the limits. */
  push(message: FeedMessage): void;
  /**
   * All that came after `position`, and what came at it: several messages may share one. `null` if
   * that is no longer known.
   */
  after(position: string): readonly FeedMessage[] | null;
  /** Forgets everything: what is known begins at `position`. */
  restart(position: string): void;
}

interface RingLimits {
  readonly messages: number;
  readonly characters: number;
}

/**
 * The recent past of the feed, for tabs that join later: bounded in messages and in characters.
 * Begins at `position`.
 */
export function createFeedRing(
  position: string,
  limits: RingLimits = { messages: 4_000, characters: 8_000_000 },
): FeedRing {
  let beginsAt = position;
  let forgottenUpTo: string | null = null;
  let kept: FeedMessage[] = [];
  let characters = 0;

  function forgetOldest(): void {
    let dropped = 0;
    while (kept.length - dropped > limits.messages || characters > limits.characters) {
      const oldest = kept[dropped];
      if (oldest === undefined) break;
      characters -= oldest.data.length;
      forgottenUpTo = oldest.id;
      dropped += 1;
    }
    if (dropped > 0) kept = kept.slice(dropped);
  }

  return {
    push(message) {
      if (message.id === "") return;
      kept.push(message);
      characters += message.data.length;
      // A quarter beyond the limit before anything is cut, so that cutting is rare.
      if (kept.length > limits.messages * 1.25 || characters > limits.characters) forgetOldest();
    },
    after(asked) {
      if (comparePositions(asked, beginsAt) < 0) return null;
      if (forgottenUpTo !== null && comparePositions(asked, forgottenUpTo) <= 0) return null;
      return kept.filter((message) => comparePositions(message.id, asked) >= 0);
    },
    restart(from) {
      beginsAt = from;
      forgottenUpTo = null;
      kept = [];
      characters = 0;
    },
  };
}
