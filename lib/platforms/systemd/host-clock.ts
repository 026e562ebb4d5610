import { now } from "../../clock";
import type { Micros } from "../../machine/types";
import { type ClockOffset, measureClockOffset } from "./clock-offset";
import type { HostAddress } from "./via";

const hourUs = 3_600_000_000;
/** What could not be measured is tried again after this, then after twice as long, at most after an hour. */
const firstRetryUs = 300_000_000;
/** Our own clock was stepped, or led, so far: what was measured before is so far off. */
const stepUs = 100_000;

interface Options {
  readonly now?: () => { readonly at: Micros; readonly monotonic: Micros };
  readonly lookEveryMs?: number;
}

/**
 * How far a host's clock is from ours, for as long as there is contact: measured at its beginning and about
 * every hour. When our own clock is stepped in between, it is as much further off, or nearer.
 */
export class HostClock {
  readonly #address: HostAddress;
  readonly #signal: AbortSignal;
  readonly #now: NonNullable<Options["now"]>;
  #known: ClockOffset | null = null;
  /** Our wall clock minus our monotonic one, as it was when `#known` held. */
  #aheadUs = 0;
  /** On our monotonic clock. */
  #dueAt = 0;
  #retryUs = firstRetryUs;
  #isMeasuring = false;
  /** Resolves when it was measured for the first time, or could not be. */
  readonly first: Promise<void>;
  /** Called when it is found to be another one than before. */
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
    const steppedUs = this.#ahead() - this.#aheadUs;
    if (Math.abs(steppedUs) > stepUs) this.#onStep(steppedUs);
    if (this.#now().monotonic >= this.#dueAt) void this.#measure();
  }

  #ahead(): Micros {
    const { at, monotonic } = this.#now();
    return at - monotonic;
  }

  #onStep(byUs: Micros): void {
    this.#aheadUs += byUs;
    if (this.#known !== null) this.#learn({ ...this.#known, offsetUs: this.#known.offsetUs - byUs });
  }

  async #measure(): Promise<void> {
    this.#isMeasuring = true;
    let [found, aheadUs] = await this.#ask();
    // A step meanwhile lies on one side of the answer or the other.
    if (Math.abs(this.#ahead() - aheadUs) > stepUs) [found, aheadUs] = await this.#ask();
    this.#isMeasuring = false;
    if (this.#signal.aborted) return;
    this.#retryUs = found === null ? Math.min(2 * this.#retryUs, hourUs) : firstRetryUs;
    // Hosts that were reached together are not measured together for ever.
    const waitUs = (found === null ? this.#retryUs / 2 : hourUs) * (0.9 + 0.1 * Math.random());
    this.#dueAt = this.#now().monotonic + waitUs;
    if (found === null) return;
    const known = this.#known;
    // Two measurements of one offset differ by what each may be off: then the better one counts.
    const isSame =
      known !== null &&
      Math.abs(this.#aheadUs - aheadUs) <= stepUs &&
      Math.abs(found.offsetUs - known.offsetUs) <= found.uncertaintyUs + known.uncertaintyUs;
    this.#aheadUs = aheadUs;
    if (!isSame || found.uncertaintyUs < known.uncertaintyUs) this.#learn(found);
  }

  async #ask(): Promise<[ClockOffset | null, Micros]> {
    const aheadUs = this.#ahead();
    return [await measureClockOffset(this.#address, this.#signal).catch(() => null), aheadUs];
  }

  #learn(found: ClockOffset): void {
    const before = this.offsetUs;
    this.#known = found;
    if (found.offsetUs !== before) this.onChanged(found.offsetUs);
  }
}
