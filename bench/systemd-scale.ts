import { setTimeout as sleep } from "node:timers/promises";
import { channels } from "../db/channels";
import { until } from "../e2e/support/processes";
import { SystemdHost } from "../e2e/support/systemd-host";
import { BareEngine } from "./bare-engine";
import { monotonicMs } from "./monotonic";
import { commandOf, familyOf, inMb, proportionalKb } from "./process-memory";
import { benchUnits, isSleeper, mixed, sleeper, startSleepers, watchLines } from "./systemd-units";
import type { Row } from "./table";

const units = Number(process.env.BENCH_UNITS ?? 1_000);
/** So many machines are booted, each under several names: what a host costs Signalbox is the same. */
const machines = 4;
const namesOfEach = 5;
const unitsOfHost = 10;
/** How long a process is left alone before its memory counts. */
const restMs = 15_000;

/** 1,000 units on one host: how soon they stand there, and what they cost. */
export async function measureSystemdUnits(): Promise<Row[]> {
  const host = await SystemdHost.boot({ name: "node1", units: benchUnits(units, mixed) });
  try {
    const running = await startSleepers(host, units, isSleeper);
    const config = (count: number) =>
      `hosts: { node1: { bus: "${host.busAddress}", via: ${JSON.stringify(host.via)} } }\nservices:\n${watchLines("node1", count)}\n`;
    const few = await firstLook(config(1), 1);
    const many = await firstLook(config(units), units);
    const perUnit = (many.engineKb - few.engineKb) / (units - 1);
    return [
      {
        what: `start of the engine → first list, 1 unit; ${units} units (${running} of them running)`,
        figure: `${few.listMs.toFixed(0)} ms; ${many.listMs.toFixed(0)} ms`,
        aim: "≤ 1,000 ms",
      },
      {
        what: `start of the engine → history read and written, 1 unit; ${units} units`,
        figure: `${few.historyMs.toFixed(0)} ms; ${many.historyMs.toFixed(0)} ms`,
      },
      {
        what: `memory of the engine, 1 unit; ${units} units; for each unit`,
        figure: `${inMb(few.engineKb)}; ${inMb(many.engineKb)}; ${perUnit.toFixed(0)} kB`,
      },
    ];
  } finally {
    await host.halt();
  }
}

/** A fresh engine on a fresh database: when every service has a state, and when its history has been read. */
async function firstLook(config: string, count: number) {
  const engine = await BareEngine.prepare(config);
  try {
    const { sql } = engine.test.database;
    let [listedAt, readAt] = [0, 0];
    const look = async () => {
      const at = monotonicMs();
      const [row] = await sql<{ seen: number; told: number }[]>`
        SELECT count(*) FILTER (WHERE state IS NOT NULL OR glimpse IS NOT NULL)::int AS seen,
          count(*) FILTER (WHERE state IS NOT NULL AND glimpse IS NULL)::int AS told FROM service`;
      if (row?.seen === count) listedAt ||= at;
      if (row?.told === count) readAt ||= at;
    };
    await sql.listen(channels.feed, () => void look());
    const startedAt = engine.start();
    await until("all services have a history", () => readAt > 0, 120_000);
    await sleep(restMs);
    const engineKb = proportionalKb(engine.pid);
    return { listMs: listedAt - startedAt, historyMs: readAt - startedAt, engineKb };
  } finally {
    await engine.remove();
  }
}

/** 20 hosts over ssh: what each costs here, and what it costs there. */
export async function measureSystemdHosts(): Promise<Row[]> {
  const hosts: SystemdHost[] = [];
  try {
    for (let n = 0; n < machines; n += 1)
      hosts.push(
        await SystemdHost.boot({
          name: `node${n}`,
          ssh: true,
          units: benchUnits(unitsOfHost, () => sleeper),
        }),
      );
    const one = await memoryWith(hosts.slice(0, 1), 1);
    const all = await memoryWith(hosts, namesOfEach);
    const more = machines * namesOfEach - 1;
    return [
      {
        what: `${more + 1} hosts over ssh (${machines} machines, ${namesOfEach} names each; ${unitsOfHost} units a host): memory of the engine, 1 host; all; for each host`,
        figure: `${inMb(one.engineKb)}; ${inMb(all.engineKb)}; ${inMb((all.engineKb - one.engineKb) / more)}`,
      },
      {
        what: "— its ssh clients (bridge, journal), for each host",
        figure: inMb(all.clientsKb / (more + 1)),
      },
      {
        what: "— on the host: sshd, bridge and journalctl, for each watcher",
        figure: inMb(all.thereKb / (more + 1)),
      },
    ];
  } finally {
    for (const host of hosts) await host.halt();
  }
}

async function memoryWith(hosts: readonly SystemdHost[], names: number) {
  const named = hosts.flatMap((host) =>
    Array.from({ length: names }, (_, n) => ({
      name: `${host.name}-${n}`,
      via: JSON.stringify(host.sshCommand),
    })),
  );
  const lines = named.map(({ name, via }) => `  ${name}: { via: ${via} }`);
  const services = named.map(({ name }) => watchLines(name, unitsOfHost));
  const before = hosts.reduce((sum, host) => sum + connectionsKb(host), 0);
  const engine = await BareEngine.prepare(`hosts:\n${lines.join("\n")}\nservices:\n${services.join("\n")}\n`);
  try {
    engine.start();
    const { sql } = engine.test.database;
    await until(
      "all hosts are seen",
      async () => {
        const [row] = await sql<
          { left: number }[]
        >`SELECT count(*)::int AS left FROM service WHERE state IS NULL`;
        const [host] = await sql<
          { live: number }[]
        >`SELECT count(*)::int AS live FROM host WHERE contact = 'live'`;
        return row?.left === 0 && host?.live === named.length;
      },
      120_000,
    );
    await sleep(restMs);
    const [self, ...clients] = familyOf(engine.pid);
    return {
      engineKb: proportionalKb(self ?? 0),
      clientsKb: clients.reduce((sum, pid) => sum + proportionalKb(pid), 0),
      thereKb: hosts.reduce((sum, host) => sum + connectionsKb(host), 0) - before,
    };
  } finally {
    await engine.remove();
  }
}

/** What the host's sshd and all that it started use: seen from outside, by their names. */
function connectionsKb(host: SystemdHost): number {
  return familyOf(host.pid)
    .filter((pid) => /^(sshd|systemd-stdio-bridge|journalctl)\b/.test(commandOf(pid)))
    .reduce((sum, pid) => sum + proportionalKb(pid), 0);
}
