import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const libraries = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"].map((folder) =>
  path.join(folder, "faketime", "libfaketimeMT.so.1"),
);
const library = libraries.find((file) => existsSync(file));

export const whyNoSteppedClock = library ? null : "libfaketime is not installed (Debian: libfaketime)";

/**
 * A wall clock that can be stepped, for every program that is started with its `environment`: they
 * read it through the C library, where libfaketime answers. The monotonic clock, timers and the
 * kernel go on as they are, which is what a step of CLOCK_REALTIME is.
 */
export class SteppedClock {
  readonly environment: Readonly<Record<string, string>>;
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), "sb-clock-"));
  readonly #file = path.join(this.#folder, "offset");
  offsetMs = 0;

  constructor() {
    this.step(0);
    this.environment = {
      LD_PRELOAD: library ?? "",
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      FAKETIME_DONT_RESET: "1",
      NO_FAKE_STAT: "1",
    };
  }

  /** Puts the clock forward, or back. */
  step(byMs: number): void {
    this.offsetMs += byMs;
    const next = `${this.#file}.next`;
    writeFileSync(next, `${this.offsetMs < 0 ? "" : "+"}${(this.offsetMs / 1_000).toFixed(3)}\n`, {
      mode: 0o644,
    });
    renameSync(next, this.#file);
  }

  /** The stepped time, in µs since 1970. */
  get at(): number {
    return (Date.now() + this.offsetMs) * 1_000;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
