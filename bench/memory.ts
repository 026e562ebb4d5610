import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { partsOf } from "../e2e/support/processes";
import { Signalbox } from "../e2e/support/signalbox";
import { sleepers } from "./fleet";
import type { Row } from "./table";

/** What each part holds once it has come to rest, in the demo and with 2,000 services. */
export async function measureMemory(): Promise<Row[]> {
  return [
    ...(await memoryOf("the demo fleet", null, { engine: "≤ 120 MB", web: "≤ 250 MB" })),
    ...(await memoryOf("2,000 services", sleepers(2_000, false), {})),
  ];
}

async function memoryOf(
  what: string,
  config: string | null,
  aims: { engine?: string; web?: string },
): Promise<Row[]> {
  const signalbox = await Signalbox.start(config);
  try {
    const api = await signalbox.api();
    for (let n = 0; n < 20; n += 1) await fetch(signalbox.address, { headers: { cookie: api.cookie } });
    await sleep(20_000);
    const parts = partsOf(signalbox.data);
    const sum = (belongs: (command: string) => boolean) =>
      parts.filter(({ command }) => belongs(command)).reduce((all, { pid }) => all + proportionalKb(pid), 0) /
      1024;
    const figures = {
      engine: sum((command) => command.includes("engine.mjs")),
      web: sum((command) => command.includes("next-server") || command.includes("next start")),
      PostgreSQL: sum((command) => command.includes("postgres")),
      launcher: sum((command) => command.includes("start.mjs")),
    };
    return Object.entries(figures).map(([part, mb]) => ({
      what: `memory of ${part}, ${what}`,
      figure: `${Math.round(mb)} MB`,
      aim: aims[part as "engine" | "web"],
    }));
  } finally {
    await signalbox.remove();
  }
}

/** Proportional: what processes share is counted once among them. */
function proportionalKb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0; // it ended while we looked
  }
}
