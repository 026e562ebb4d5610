import { toRfc3339 } from "../clock";
import type { Micros } from "../machine/types";
import type { LiveEvent } from "../wire/live";

const encoder = new TextEncoder();

/** One server-sent event. JSON has no line breaks, so one `data` line holds it. */
export function encodeEvent(type: LiveEvent["type"], json: string, id: number): Uint8Array {
  return encoder.encode(`id: ${id}\nevent: ${type}\ndata: ${json}\n\n`);
}

/**
 * A sign of life without an id: readers know by it that the connection is not dead, what time it is,
 * and by `upMs`, which no clock step moves, how far they are behind.
 */
export function pingAt(at: Micros): Uint8Array {
  return encoder.encode(`event: ping\ndata: {"time":"${toRfc3339(at)}","upMs":${upMs()}}\n\n`);
}

/** Milliseconds that this process has been up. */
export function upMs(): number {
  return Math.round(performance.now());
}

/** How long a browser waits before it connects again. */
export const retryLine = encoder.encode("retry: 1000\n\n");

/** Headers of an event stream. `no-transform` keeps compression from holding events back. */
export const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
} as const;
