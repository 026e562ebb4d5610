import type { Channel } from "@/lib/wire/alert";

/** What became of a test message, as far as the channel tells. */
export type TestFate =
  | { readonly tag: "queued" }
  | { readonly tag: "sent"; readonly at: string }
  /** It did not go through; a test is tried once. */
  | { readonly tag: "failed"; readonly why: string };

/**
 * The fate of a test that was asked for when the channel stood as `before`. What it sent or failed to
 * send since is taken for the test's: whichever of the two came last.
 */
export function testFate(before: Channel, now: Channel): TestFate {
  const sent = now.lastSentAt !== before.lastSentAt ? now.lastSentAt : null;
  const failed = now.lastErrorAt !== before.lastErrorAt ? now.lastErrorAt : null;
  if (sent !== null && (failed === null || sent >= failed)) return { tag: "sent", at: sent };
  if (failed !== null) return { tag: "failed", why: now.lastError ?? "The channel does not say why." };
  return { tag: "queued" };
}
