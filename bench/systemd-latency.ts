import { setTimeout as sleep } from "node:timers/promises";
import { Signalbox } from "../e2e/support/signalbox";
import { SystemdHost } from "../e2e/support/systemd-host";
import { BareListener } from "./bare-listener";
import { FleetPage } from "./fleet-page";
import { HostShell } from "./host-shell";
import { hostClockAheadMs } from "./monotonic";
import { type HeardMove, MovesListener } from "./moves-listener";
import { inWords, type Spread, spreadOf } from "./sample";
import { benchUnits, startSleepers, watchLines } from "./systemd-units";
import type { Row } from "./table";

const watched = 200;
const rounds = Number(process.env.BENCH_ROUNDS ?? 40);
const restMs = 250;

/** Everything that is watched and everyone who watches it, for one run. */
interface Stage {
  readonly shell: HostShell;
  readonly bare: BareListener;
  readonly moves: MovesListener;
  readonly aheadMs: number;
}

/** One change: how long after systemd's own timestamp of it each of them had it, in ms. */
interface Change {
  readonly bare: number;
  readonly committed: number;
}

/** A real host with 200 units: systemd's own timestamps, a bare listener, the database and a browser. */
export async function measureSystemdLatency(executablePath: string): Promise<Row[]> {
  const host = await SystemdHost.boot({ name: "node1", units: benchUnits(watched) });
  const signalbox = await startOn(host);
  const shell = new HostShell(host.pid);
  const [bare, moves] = [await BareListener.open(host.busAddress), await MovesListener.open(signalbox.data)];
  const stage = { shell, bare, moves, aheadMs: hostClockAheadMs(host.pid) };
  try {
    const changes = await changeAll(stage);
    const crashes = await crashInSight(stage, executablePath, signalbox);
    return [...changeRows(changes), ...paintRows(crashes)];
  } finally {
    await Promise.all([shell.end(), bare.close(), moves.close()]);
    await signalbox.remove();
    await host.halt();
  }
}

async function startOn(host: SystemdHost): Promise<Signalbox> {
  await startSleepers(host, watched, () => true);
  const signalbox = await Signalbox.start(
    `hosts: { node1: { bus: "${host.busAddress}", via: ${JSON.stringify(host.via)} } }\nservices:\n${watchLines("node1", watched)}\n`,
  );
  const api = await signalbox.api();
  for (const n of [0, watched - 1]) await api.reaches(`node1/bench-${n}`, "Running", 60_000);
  await sleep(3_000);
  return signalbox;
}

/** Stops, starts and kills one unit after the other, in peace. */
async function changeAll(stage: Stage): Promise<Map<string, Change[]>> {
  const changes = new Map<string, Change[]>([
    ["stop", []],
    ["start", []],
    ["crash", []],
  ]);
  for (let n = 0; n < rounds; n += 1) {
    const unit = `bench-${n % watched}`;
    for (const [what, command, to] of [
      ["stop", `systemctl stop ${unit}`, "Stopped"],
      ["start", `systemctl start ${unit}`, "Starting"],
      ["crash", `systemctl kill --signal=KILL ${unit}`, "Error"],
    ] as const) {
      const running = what === "start" ? stage.moves.next(`node1/${unit}`, "Running") : null;
      const arrival = stage.moves.next(`node1/${unit}`, to);
      stage.shell.say(command);
      changes.get(what)?.push(changeOf(stage, `${unit}.service`, await arrival));
      await running;
      await sleep(restMs);
    }
    await startAgain(stage, unit);
  }
  return changes;
}

/** Kills units whose rows stand on an open page. */
async function crashInSight(stage: Stage, executablePath: string, signalbox: Signalbox) {
  const fleet = await FleetPage.open(executablePath, signalbox);
  try {
    await sleep(2_000);
    const names = (await fleet.visibleNames()).filter((name) => name.startsWith("bench-")).slice(0, 20);
    const crashes: (Change & { painted: number })[] = [];
    for (let n = 0; n < rounds; n += 1) {
      const name = names[n % names.length] ?? "";
      const paint = await fleet.watch(name, "Error");
      const arrival = stage.moves.next(`node1/${name}`, "Error");
      stage.shell.say(`systemctl kill --signal=KILL ${name}`);
      const move = await arrival;
      const painted = (await paint()) - stampMs(stage, move);
      crashes.push({ ...changeOf(stage, `${name}.service`, move), painted });
      await sleep(restMs);
      await startAgain(stage, name);
    }
    return crashes;
  } finally {
    await fleet.close();
  }
}

async function startAgain({ shell, moves }: Stage, unit: string): Promise<void> {
  const running = moves.next(`node1/${unit}`, "Running");
  shell.say(`systemctl start ${unit}`);
  await running;
  await sleep(restMs);
}

function stampMs({ aheadMs }: Stage, { stamp }: HeardMove): number {
  return stamp / 1000 - aheadMs;
}

function changeOf(stage: Stage, unit: string, move: HeardMove): Change {
  const at = stampMs(stage, move);
  const bare = stage.bare.heardAt(unit, move.stamp);
  if (bare === null) throw new Error(`${unit} is ${move.to} since ${move.stamp}, of which no signal told`);
  return { bare: bare - at, committed: move.heardAt - at };
}

function changeRows(changes: ReadonlyMap<string, readonly Change[]>): Row[] {
  const all = [...changes.values()].flat();
  const bare = spreadOf(all.map((change) => change.bare));
  const committed = spreadOf(all.map((change) => change.committed));
  const each = [...changes].map(([what, some]) => ({
    what: `— of these a ${what}: bare listener; row, p50 / p95`,
    figure: `${inWords(spreadOf(some.map((change) => change.bare)))}; ${inWords(spreadOf(some.map((change) => change.committed)))}`,
  }));
  return [
    { what: "systemd's change → heard by a bare D-Bus listener, p50 / p95", figure: inWords(bare) },
    {
      what: `systemd's change → row committed and heard (${watched} units), p50 / p95`,
      figure: `${inWords(committed)} (p95: bare ${inMore(committed, bare)})`,
      aim: "p95 ≤ bare + 10 ms",
    },
    ...each,
  ];
}

function inMore(committed: Spread, bare: Spread): string {
  return `+ ${(committed.p95 - bare.p95).toFixed(1)} ms`;
}

function paintRows(crashes: readonly (Change & { readonly painted: number })[]): Row[] {
  return [
    {
      what: "with the page open: crash → bare D-Bus listener; row committed and heard, p50 / p95",
      figure: `${inWords(spreadOf(crashes.map(({ bare }) => bare)))}; ${inWords(spreadOf(crashes.map(({ committed }) => committed)))}`,
    },
    {
      what: `a unit's crash → painted in Chromium (${watched} units), p50 / p95`,
      figure: inWords(spreadOf(crashes.map(({ painted }) => painted))),
      aim: "≤ 15 / 40 ms",
    },
  ];
}
