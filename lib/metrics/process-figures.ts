import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { catalogue, type MetricName } from "./catalogue";

const sampleEveryMs = 200;

/** What a metric is declared with, in a process's own registry. */
export function declared(name: MetricName, registry: Registry) {
  return { name, help: catalogue[name].help, registers: [registry] };
}

/** A process's figures of itself: memory, processor, and how late its timers run. */
export class ProcessFigures {
  readonly registry = new Registry();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    const { registry } = this;
    const lag = new Histogram({
      ...declared("signalbox_event_loop_lag_seconds", registry),
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });
    new Gauge({
      ...declared("signalbox_process_resident_memory_bytes", registry),
      collect() {
        this.set(process.memoryUsage.rss());
      },
    });
    new Counter({
      ...declared("signalbox_process_cpu_seconds_total", registry),
      collect() {
        const { user, system } = process.cpuUsage();
        this.reset();
        this.inc((user + system) / 1e6);
      },
    });
    new Gauge(declared("signalbox_process_start_time_seconds", registry)).set(performance.timeOrigin / 1000);
    let before = performance.now();
    this.#timer = setInterval(() => {
      const at = performance.now();
      lag.observe(Math.max(0, at - before - sampleEveryMs) / 1000);
      before = at;
    }, sampleEveryMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
