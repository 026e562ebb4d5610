import type { CauseKind } from "../../machine/observation";
import type { ThrashMove } from "./record";

/** What tests of thrash tell histories with. Instants are in seconds. */

export const second = 1_000_000;
export const minute = 60 * second;

let told = 0;

/** A move such as `move(10, "Running → Error", "service", "exited with code 5")`. */
export function move(
  atSeconds: number,
  edge: `${string} → ${string}`,
  kind: CauseKind,
  detail = "it moved",
  event: string | null = null,
): ThrashMove {
  told += 1;
  const [from = "", to = ""] = edge.split(" → ");
  return { key: `move-${told}`, at: atSeconds * second, from, to, event, cause: { kind, detail } };
}

/** It crashes, and the service manager starts it again after two seconds. */
export function crashCycle(atSeconds: number): ThrashMove[] {
  const restart = "automatic restart, attempt 1";
  return [
    move(atSeconds, "Running → Error", "service", "exited with code 5", "runtime error"),
    move(atSeconds + 2, "Error → Starting", "service-manager", restart, "restart"),
    move(atSeconds + 3, "Starting → Running", "service-manager", `${restart}: held for 1 s`),
  ];
}

/** Somebody restarts it. */
export function operatorRestart(
  atSeconds: number,
  kind: "operator" | "host-operator" = "operator",
): ThrashMove[] {
  return [
    move(atSeconds, "Running → Restarting", kind, "restarted by anna", "restart"),
    move(atSeconds + 1, "Restarting → Starting", kind, "restarted by anna", "restart initiated"),
    move(atSeconds + 2, "Starting → Running", kind, "restarted by anna: held for 1 s"),
  ];
}

/** A timer runs a one-shot. */
export function timerRun(atSeconds: number): ThrashMove[] {
  return [
    move(atSeconds, "Stopped → Starting", "service-manager", "started by backup.timer", "start"),
    move(atSeconds + 20, "Starting → Stopped", "service", "finished with exit code 0", "finished"),
  ];
}

export const everySeconds = (count: number, apart: number) =>
  Array.from({ length: count }, (_, n) => (n + 1) * apart);
