/** Many light processes: what is measured is Signalbox, not what it watches. */
export function sleepers(count: number, autostart: boolean): string {
  const services = Array.from(
    { length: count },
    (_, n) =>
      `  - { host: toys, name: sleeper-${n}, group: g${n % 20}, command: [sleep, "1000000"], settle: 100ms, autostart: ${autostart} }`,
  );
  return `hosts:\n  toys: { platform: process }\nservices:\n${services.join("\n")}\n`;
}
