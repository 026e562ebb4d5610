import { now } from "../../../clock";
import type { KeeperClock } from "../keeper-clock";

interface Alarm {
  readonly due: number;
  readonly run: () => void;
  readonly timer: NodeJS.Timeout;
}

/** The clocks of this machine, put forward by hand: an hour passes in no time, and all that is due in it happens. */
export class ShiftedClock implements KeeperClock {
  #shiftUs = 0;
  readonly #alarms = new Set<Alarm>();

  now() {
    const { at, monotonic } = now();
    return { at: at + this.#shiftUs, monotonic: monotonic + this.#shiftUs };
  }

  after(ms: number, run: () => void): () => void {
    const alarm: Alarm = {
      due: this.now().monotonic + ms * 1000,
      run: () => {
        this.#alarms.delete(alarm);
        run();
      },
      timer: setTimeout(() => alarm.run(), ms),
    };
    this.#alarms.add(alarm);
    return () => {
      clearTimeout(alarm.timer);
      this.#alarms.delete(alarm);
    };
  }

  /** Time passes; what is due by then rings, the earliest first. */
  pass(ms: number): void {
    this.#shiftUs += ms * 1000;
    const { monotonic } = this.now();
    for (const alarm of [...this.#alarms].sort((one, other) => one.due - other.due)) {
      if (alarm.due > monotonic) break;
      clearTimeout(alarm.timer);
      alarm.run();
    }
  }
}
