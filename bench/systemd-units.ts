import type { SystemdHost } from "../e2e/support/systemd-host";

/**
 * A service that costs nothing: what is measured is Signalbox, not what it watches; and one that may be
 * started more often than systemd's limit allows, on a machine that is fast.
 */
export const sleeper = "[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/bin/sleep infinity\n";

const task = "[Service]\nType=oneshot\nExecStart=/bin/true\n";

/** Unit files for a host, by file name: `bench-0.service`, `bench-1.service`, … @param text of one. */
export function benchUnits(count: number, text: (n: number) => string = () => sleeper) {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`bench-${n}.service`, text(n)]));
}

/** As on a real host: two of five run, the others are jobs that nobody has started yet. */
export const isSleeper = (n: number) => n % 5 < 2;
export const mixed = (n: number) => (isSleeper(n) ? sleeper : task);

/** The lines of a signalbox.yaml that watch the first `count` of them on `host`, as `bench-0`, … */
export function watchLines(host: string, count: number): string {
  return Array.from(
    { length: count },
    (_, n) => `  - { host: ${host}, unit: bench-${n}.service, group: g${n % 20}, settle: 100ms }`,
  ).join("\n");
}

/** Starts the first `count` of them, as far as they are sleepers; some at a time, for a slow machine's sake. */
export async function startSleepers(host: SystemdHost, count: number, isOne: (n: number) => boolean) {
  const units = Array.from({ length: count }, (_, n) => n)
    .filter(isOne)
    .map((n) => `bench-${n}.service`);
  for (let first = 0; first < units.length; first += 50)
    await host.systemctl("start", ...units.slice(first, first + 50));
  return units.length;
}
