import { now } from "../../clock";
import type { Micros } from "../../machine/types";
import { type ClockOffset, measureClockOffset } from "./clock-offset";
import type { HostAddress } from "./via";

const hourUs = 3_600_000_000;
/** Our own clock was stepped, or led, so far: what was measured before no longer holds. */
const stepUs = 100_000;

interface Options {
  readonly now?: () => { readonly at: Micros; readonly monotonic: Micros };
  readonly lookEveryMs?: number;
}

/**
 * How far a host's clock is from ours, for as long as there is contact: measured at its beginning, then
 * every hour, and within half a minute of a step of our own clock.
 */
export class HostClock {
  readonly #address: HostAddress;
  readonly #signal: AbortSignal;
  readonly #now: NonNullable<Options["now"]>;
  #known: ClockOffset | null = null;
  #measured = { monotonic: 0, aheadUs: 0 };
  #isMeasuring = false;
  /** Resolves when it was measured for the first time, or could not be. */
  readonly first: Promise<void>;
  /** Called when it is found to be another one than before, after the first. */
  onChanged: (offsetUs: Micros) => void = () => undefined;

  /** @param signal ends it. */
  constructor(address: HostAddress, signal: AbortSignal, options: Options = {}) {
    this.#address = address;
    this.#signal = signal;
    this.#now = options.now ?? now;
    this.first = this.#measure();
    // This machine's own clock is ours.
    if (address.via === undefined) return;
    const timer = setInterval(() => this.#look(), options.lookEveryMs ?? 30_000);
    timer.unref();
    signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  }

  /** The host's clock minus ours; null where it cannot be known. */
  get offsetUs(): Micros | null {
    return this.#known?.offsetUs ?? null;
  }

  #look(): void {
    if (this.#isMeasuring || this.#signal.aborted) return;
    const { at, monotonic } = this.#now();
    const isStepped = Math.abs(at - monotonic - this.#measured.aheadUs) > stepUs;
    if (isStepped || monotonic - this.#measured.monotonic >= hourUs) void this.#measure();
  }

  async #measure(): Promise<void> {
    this.#isMeasuring = true;
    const { at, monotonic } = this.#now();
    this.#measured = { monotonic, aheadUs: at - monotonic };
    const found = await measureClockOffset(this.#address, this.#signal).catch(() => null);
    this.#isMeasuring = false;
    if (found === null || this.#signal.aborted) return;
    const known = this.#known;
    // Two measurements of one offset differ by what each may be off.
    const isSame =
      known !== null &&
      Math.abs(found.offsetUs - known.offsetUs) <= found.uncertaintyUs + known.uncertaintyUs;
    if (isSame) return;
    this.#known = found;
    if (known !== null) this.onChanged(found.offsetUs);
  }
}
