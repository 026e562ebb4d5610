import { fleetFolder } from "./signalbox";

/** One service per behaviour, each a real program of `e2e/fleet`. All are started by Signalbox. */
export const smallFleet = `
hosts:
  toys: { platform: process }
services:
  - { host: toys, name: steady, command: [node, steady.mjs], cwd: "${fleetFolder}", autostart: true, settle: 300ms }
  - { host: toys, name: slow-stop, command: [node, steady.mjs], cwd: "${fleetFolder}", autostart: true, settle: 300ms,
      env: { STOP_MS: "1500" } }
  - { host: toys, name: stubborn, command: [node, stubborn.mjs], cwd: "${fleetFolder}", autostart: true, settle: 2s,
      stopTimeout: 1s }
  - { host: toys, name: slow-start, command: [node, steady.mjs], cwd: "${fleetFolder}", settle: 4s }
  - { host: toys, name: missing, command: [no-such-program-anywhere], cwd: "${fleetFolder}" }
  - { host: toys, name: falls, command: [node, leaves.mjs], cwd: "${fleetFolder}", settle: 200ms,
      env: { LIVE_MS: "1200", EXIT_CODE: "7" } }
  - { host: toys, name: ends, command: [node, leaves.mjs], cwd: "${fleetFolder}", settle: 200ms,
      env: { LIVE_MS: "1200" } }
  - { host: toys, name: never-ready, command: [node, leaves.mjs], cwd: "${fleetFolder}", settle: 30s, startTimeout: 1s,
      env: { LIVE_MS: "60000" }, health: { http: "http://127.0.0.1:9/", every: 200ms, timeout: 100ms } }
  - { host: toys, name: once, command: [node, leaves.mjs], cwd: "${fleetFolder}", oneshot: true,
      env: { LIVE_MS: "600" } }
  - { host: toys, name: "odd@a-b_c\\\\x2dd", command: [node, steady.mjs], cwd: "${fleetFolder}", settle: 300ms }
`;

/** One service that writes lines of every priority, long ones and such as no terminal would take. */
export const talkingFleet = `
hosts:
  toys: { platform: process }
services:
  - { host: toys, name: talks, command: [node, talks.mjs], cwd: "${fleetFolder}", autostart: true, settle: 300ms }
  - { host: toys, name: steady, command: [node, steady.mjs], cwd: "${fleetFolder}", autostart: true, settle: 300ms }
`;

/** A fleet that never stands still. */
export function flappingFleet(count: number): string {
  const services = Array.from(
    { length: count },
    (
      _,
      n,
    ) => `  - { host: toys, name: flap-${n}, command: [node, flapping.mjs], cwd: "${fleetFolder}", autostart: true,
      settle: 200ms, restart: { on: failure, delay: 300ms } }`,
  );
  return `hosts:\n  toys: { platform: process }\nservices:\n${services.join("\n")}\n`;
}
