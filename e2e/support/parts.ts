import { readFileSync } from "node:fs";
import { kill, parentOf, partsOf, processes } from "./processes";

export const roles = ["launcher", "engine", "web", "database"] as const;
export type Role = (typeof roles)[number];

/** What can be killed of a Signalbox: one of its parts, one connection's server process, or all at once. */
export const targets = [...roles, "backend", "everything"] as const;
export type Target = (typeof targets)[number];

/** Whether the watch of the fleet ends with it. */
export function endsWatch(target: Target): boolean {
  return target === "launcher" || target === "engine" || target === "everything";
}

/** Whether somebody has to start Signalbox again. */
export function endsSignalbox(target: Target): boolean {
  return target === "launcher" || target === "everything";
}

function roleOf(command: string): Role {
  if (command.includes("scripts/start.mjs")) return "launcher";
  if (command.includes("engine.mjs")) return "engine";
  return / -D \S/.test(command) ? "database" : "web";
}

/** The living processes of one role. */
export function pidsOf(data: string, role: Role): number[] {
  return partsOf(data)
    .filter(({ command }) => roleOf(command) === role)
    .map(({ pid }) => pid);
}

/** `kill -9`. @returns how many processes were hit. */
export function killTarget(data: string, target: Target): number {
  const pids =
    target === "everything"
      ? partsOf(data).map(({ pid }) => pid)
      : target === "backend"
        ? oneBackend(data)
        : pidsOf(data, target);
  for (const pid of pids) kill(pid, "SIGKILL");
  return pids.length;
}

/** A server process of one of Signalbox's connections; PostgreSQL then ends all others and recovers. */
function oneBackend(data: string): number[] {
  const postmasters = new Set(pidsOf(data, "database"));
  const backends = processes().filter(
    ({ pid, command }) => command.startsWith("postgres: signalbox") && postmasters.has(parentOf(pid)),
  );
  const chosen = backends[Math.floor(Math.random() * backends.length)];
  return chosen ? [chosen.pid] : [];
}

/** Resident memory of a process, in MB. */
export function residentMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}
