import { toRfc3339 } from "../clock";
import type { Micros } from "../machine/types";
import type { Contact } from "./service";

/** An engine says every second until when it saw a host; after this long without a word it counts as gone. */
export const silenceMs = 5_000;

/** What is stored of a host's contact; instants in microseconds. */
export interface StoredContact {
  readonly contact: Contact["status"];
  readonly contactSince: Micros | null;
  readonly contactReason: string | null;
  readonly observedUntil: Micros | null;
}

/**
 * Whether a host is seen at `at`. What its engine said last holds for `silenceMs`; a silent engine
 * sees nothing, whatever it said before.
 */
export function contactView(stored: StoredContact, at: Micros): Contact {
  const since = stored.contactSince === null ? null : toRfc3339(stored.contactSince);
  switch (stored.contact) {
    case "never":
      return { status: "never", since: null, reason: stored.contactReason };
    case "lost":
      return { status: "lost", since, reason: stored.contactReason };
    case "live":
      return isSilent(stored.observedUntil, at)
        ? {
            status: "lost",
            since: stored.observedUntil === null ? since : toRfc3339(stored.observedUntil),
            reason: "The engine that watches this host has not been heard since.",
          }
        : { status: "live", since, reason: null };
  }
}

function isSilent(observedUntil: Micros | null, at: Micros): boolean {
  return observedUntil === null || at - observedUntil > silenceMs * 1000;
}
