import path from "node:path";
import { fleetFolder } from "./signalbox";

export interface Storm {
  readonly services: number;
  /** How long a child lives: from `minMs` to `minMs + spanMs`. */
  readonly minMs: number;
  readonly spanMs: number;
}

export const stormName = (n: number) => `toys/storm-${n}`;

/** Programs that end by themselves all the time, cleanly, by a failure or by a signal, and come back. */
export function stormFleet({ services, minMs, spanMs }: Storm, diary: string): string {
  const program = path.join(fleetFolder, "storm.sh");
  const entries = Array.from(
    { length: services },
    (
      _,
      n,
    ) => `  - { host: toys, name: storm-${n}, command: [sh, "${program}"], cwd: "${fleetFolder}", autostart: true,
      settle: 200ms, stopTimeout: 500ms, restart: { on: always, delay: 100ms }, env: { STORM_NAME: storm-${n},
      STORM_SEED: "${n}", STORM_MIN_MS: "${minMs}", STORM_SPAN_MS: "${spanMs}", STORM_DIARY: "${diary}" } }`,
  );
  return `hosts:\n  toys: { platform: process }\nservices:\n${entries.join("\n")}\n`;
}
