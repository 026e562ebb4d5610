import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Micros } from "./machine/types";

export { spanInWords } from "./span-in-words";

/** One moment, by both clocks. Spans within one boot are taken from `monotonic`, never from `at`. */
export interface Instant {
  readonly at: Micros;
  /** Microseconds since this machine's boot (CLOCK_MONOTONIC). */
  readonly monotonic: Micros;
  readonly bootId: string;
}

interface ClockSources {
  /** Milliseconds since 1970, whole. */
  readonly wallMs: () => number;
  readonly monotonicUs: () => Micros;
  /** Where to begin, if something finer than `wallMs` knows it. */
  readonly startUs?: Micros;
}

/**
 * A wall clock in whole microseconds that follows every step of the system's clock. `Date.now()`
 * knows only milliseconds, so the monotonic clock fills them in, and never leads out of them.
 */
export function createWallClock({ wallMs, monotonicUs, startUs }: ClockSources): () => {
  at: Micros;
  monotonic: Micros;
} {
  let offset = (startUs ?? wallMs() * 1000) - monotonicUs();
  return () => {
    let before = monotonicUs();
    let wall = wallMs() * 1000;
    let monotonic = monotonicUs();
    // The process may have been paused between the readings; then they do not belong together.
    for (let attempt = 0; monotonic - before > 100 && attempt < 10; attempt++) {
      before = monotonicUs();
      wall = wallMs() * 1000;
      monotonic = monotonicUs();
    }
    const at = Math.min(Math.max(monotonic + offset, wall), wall + 999);
    offset = at - monotonic;
    return { at, monotonic };
  };
}

const monotonicUs = (): Micros => Number(process.hrtime.bigint() / 1000n);

const read = createWallClock({
  wallMs: Date.now,
  monotonicUs,
  startUs: Math.floor((performance.timeOrigin + performance.now()) * 1000),
});

/** This moment, on this machine. */
export function now(): Instant {
  return { ...read(), bootId: bootId() };
}

let knownBootId: string | undefined;

/** What tells this boot of the machine from every other one. Stable until the machine restarts. */
export function bootId(): string {
  knownBootId ??= readBootId();
  return knownBootId;
}

function readBootId(): string {
  if (process.platform === "linux") return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  const session = sysctl("kern.bootsessionuuid");
  if (session !== null) return session;
  // Microseconds are left out: they move when the clock is adjusted.
  const seconds = sysctl("kern.boottime")?.match(/sec = (\d+)/)?.[1];
  return `${hostname()}-${seconds ?? "boot"}`;
}

function sysctl(name: string): string | null {
  try {
    const text = execFileSync("sysctl", ["-n", name], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return text.trim() || null;
  } catch {
    // Not every system has the name, or the tool.
    return null;
  }
}

/** `2026-11-23T08:00:00.123456Z`: RFC 3339 in UTC, always with microseconds. */
export function toRfc3339(micros: Micros): string {
  const ms = Math.floor(micros / 1000);
  const rest = String(micros - ms * 1000).padStart(3, "0");
  return new Date(ms).toISOString().replace("Z", `${rest}Z`);
}

const instantPattern =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;
const usPerMinute = 60_000_000;
const usPerDay = 1440 * usPerMinute;

/**
 * An RFC 3339 instant with any offset and up to nine digits of a second (what is finer than a
 * microsecond is cut off), or `null` where the text is none, such as 30 February.
 */
export function fromRfc3339(text: string): Micros | null {
  const match = instantPattern.exec(text);
  if (match === null) return null;
  const field = (index: number) => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(field) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 60 || field(9) > 23 || field(10) > 59) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return null;
  const offset = (match[8] === "-" ? -1 : 1) * (field(9) * 60 + field(10));
  const wholeUs = date.getTime() * 1000 + (hour * 60 + minute - offset) * usPerMinute + second * 1_000_000;
  // Seconds go to 60 only where a leap second may be: at the end of a day in UTC.
  if (second === 60 && wholeUs % usPerDay !== 0) return null;
  const us = wholeUs + Number((match[7] ?? "").padEnd(6, "0").slice(0, 6));
  return Number.isSafeInteger(us) ? us : null;
}
