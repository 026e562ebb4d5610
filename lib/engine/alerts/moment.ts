import type { TimeSpan } from "../../insight/seen-time";

/** A moment by our clocks, and what is known of the host that it is seen through. */
export interface Moment {
  readonly at: number;
  readonly monotonic: number;
  /** The host's clock minus ours, in µs. */
  readonly offsetUs: number;
  /** When the host was not seen. */
  readonly gaps: readonly TimeSpan[];
}
