import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "../e2e/support/api";
import { Signalbox } from "../e2e/support/signalbox";
import { SystemdHost } from "../e2e/support/systemd-host";
import type { OperatorEvent } from "../lib/machine/types";
import { BareListener } from "./bare-listener";
import { FleetPage } from "./fleet-page";
import { HostShell } from "./host-shell";
import { monotonicMs } from "./monotonic";
import { MovesListener } from "./moves-listener";
import { spreadOf } from "./sample";
import { benchUnits, startSleepers, watchLines } from "./systemd-units";
import type { Row } from "./table";

const watched = 200;
const rounds = Number(process.env.BENCH_ROUNDS ?? 20);
const restMs = 300;
const verbs = ["stop", "start", "restart"] as const;
/** What others reach, measured on a machine like this one: click → job done, p50. */
const cockpit = { stop: 15.2, start: 27.2, restart: 35.6 };

type Verb = (typeof verbs)[number];
/** Who asks; each returns when it was asked, by the monotonic clock. */
type Asker = (verb: Verb & OperatorEvent, name: string) => Promise<number>;

/** The same job on the same unit, asked for by systemctl, by a click and by a script, in turn. */
export async function measureSystemdCommands(executablePath: string): Promise<Row[]> {
  const host = await SystemdHost.boot({ name: "node1", units: benchUnits(watched) });
  await startSleepers(host, watched, () => true);
  const signalbox = await Signalbox.start(
    `hosts: { node1: { bus: "${host.busAddress}", via: ${JSON.stringify(host.via)} } }\nservices:\n${watchLines("node1", watched)}\n`,
  );
  const shell = new HostShell(host.pid);
  const [bare, moves] = [await BareListener.open(host.busAddress), await MovesListener.open(signalbox.data)];
  try {
    const api = await signalbox.api();
    await api.reaches(`node1/bench-${watched - 1}`, "Running", 60_000);
    const fleet = await FleetPage.open(executablePath, signalbox);
    await sleep(3_000);
    const names = (await fleet.visibleNames()).filter((name) => name.startsWith("bench-")).slice(0, 10);
    const askers = [
      ["systemctl", bySystemctl(shell)],
      ["click", byClick(fleet)],
      ["API", byScript(api)],
    ] as const;
    const spans = new Map<string, number[]>();
    for (let n = 0; n < rounds; n += 1) {
      const name = names[n % names.length] ?? "";
      for (const [who, ask] of askers)
        for (const verb of verbs) {
          const key = `${who} ${verb}`;
          const done = bare.jobDone(`${name}.service`);
          const rests = moves.next(`node1/${name}`, verb === "stop" ? "Stopped" : "Running");
          const askedAt = await ask(verb, name);
          spans.set(key, [...(spans.get(key) ?? []), (await done) - askedAt]);
          await rests;
          await sleep(restMs);
        }
    }
    await fleet.close();
    return verbs.map((verb) => rowOf(verb, (who) => spreadOf(spans.get(`${who} ${verb}`) ?? []).p50));
  } finally {
    await Promise.all([shell.end(), bare.close(), moves.close()]);
    await signalbox.remove();
    await host.halt();
  }
}

function bySystemctl(shell: HostShell): Asker {
  return async (verb, name) => {
    const askedAt = monotonicMs();
    shell.say(`systemctl ${verb} ${name}`);
    return askedAt;
  };
}

function byClick(fleet: FleetPage): Asker {
  return (verb, name) => fleet.click(`${verb.charAt(0).toUpperCase()}${verb.slice(1)} ${name}`);
}

function byScript(api: Api): Asker {
  return async (verb, name) => {
    const askedAt = monotonicMs();
    const { status, body } = await api.command(`node1/${name}`, verb);
    if (status !== 202) throw new Error(`${verb} of ${name} was refused: ${JSON.stringify(body)}`);
    return askedAt;
  };
}

function rowOf(verb: Verb, p50: (who: string) => number): Row {
  const [systemctl, click, script] = [p50("systemctl"), p50("click"), p50("API")];
  return {
    what: `${verb} → job done: systemctl · click in the page · API, p50`,
    figure: `${systemctl.toFixed(1)} · ${click.toFixed(1)} · ${script.toFixed(1)} ms (click: ${(click / systemctl).toFixed(2)} × systemctl)`,
    aim: `≤ 1.4 × systemctl; < ${cockpit[verb]} ms (Cockpit)`,
  };
}
