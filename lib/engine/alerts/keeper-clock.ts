import { now } from "../../clock";

/** The two clocks of this machine, and an alarm. Given, so that tests can wait ten minutes in no time. */
export interface KeeperClock {
  /** Microseconds; `monotonic` follows no step of the wall clock. */
  now(): { readonly at: number; readonly monotonic: number };
  /** Calls `run` once, in about `ms`. @returns how to call that off. */
  after(ms: number, run: () => void): () => void;
}

export const machineClock: KeeperClock = {
  now,
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
