import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { partsOf } from "../e2e/support/processes";
import { Signalbox } from "../e2e/support/signalbox";
import { sleepers } from "./fleet";
import { inMb, proportionalKb } from "./process-memory";
import { instantMs, inWords, spreadOf } from "./sample";
import type { Row } from "./table";
import { Tunnels } from "./tunnels";
import { watchRow } from "./watch-row";

const services = 500;
const everyMs = 5_000;
const restMs = 30_000;
const rounds = 20;
/** Of these the newest answers are watched in the browser: they stand at the top of the fleet. */
const watched = 10;

/** What 500 applications that are asked every 5 s cost, beside the same fleet unasked in the same run. */
export async function measureProbes(executablePath: string): Promise<Row[]> {
  const unasked = await restingCost(await Signalbox.start(sleepers(services, true)));
  const tunnels = await Tunnels.open(services);
  const signalbox = await Signalbox.start(tunnelFleet(tunnels.ports));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const asked = await costOf(signalbox);
    const stalled = await withOneStalled(tunnels);
    const painted = await changes(browser, signalbox, tunnels);
    const share = (of: number) => `${(100 * of).toFixed(1)} %`;
    return [
      { what: `engine, ${services} services that nobody asks: of one core`, figure: share(unasked.share) },
      {
        what: `engine, ${services} asked every ${everyMs / 1000} s: of one core`,
        figure: share(asked.share),
      },
      { what: "its memory, not asked / asked", figure: `${inMb(unasked.kb)} / ${inMb(asked.kb)}` },
      { what: "from one question to the next, p50 / p95", figure: inWords(spreadOf(stalled.before)) },
      {
        what: "the same, with one among them that never answers",
        figure: inWords(spreadOf(stalled.meanwhile)),
      },
      {
        what: "an answer that its connections are lost, sent → painted, p50 / p95",
        figure: inWords(spreadOf(painted)),
      },
    ];
  } finally {
    await browser.close();
    await signalbox.remove();
    tunnels.close();
  }
}

function tunnelFleet(ports: readonly number[]): string {
  const list = ports.map((port, n) => {
    const name = `tunnel-${String(n).padStart(3, "0")}`;
    const metrics = `{ metrics: "http://127.0.0.1:${port}", every: ${everyMs}ms }`;
    return `  - { host: toys, name: ${name}, kind: cloudflared, command: [sleep, "1000000"], settle: 100ms, autostart: true, cloudflared: ${metrics} }`;
  });
  return `hosts:\n  toys: { platform: process }\nservices:\n${list.join("\n")}\n`;
}

async function restingCost(signalbox: Signalbox) {
  try {
    return await costOf(signalbox);
  } finally {
    await signalbox.remove();
  }
}

/** Once all of it runs and has come to rest. */
async function costOf(signalbox: Signalbox): Promise<{ share: number; kb: number }> {
  const api = await signalbox.api();
  for (;;) {
    const { body } = await api.get<{ items: unknown[] }>(`/services?state=Running&limit=${services}`);
    if (body.items.length === services) break;
    await sleep(1_000);
  }
  await sleep(restMs / 2);
  const engine = partsOf(signalbox.data).find(({ command }) => command.includes("engine.mjs"));
  if (!engine) throw new Error("the engine does not run");
  const [before, from] = [processorMs(engine.pid), instantMs()];
  await sleep(restMs);
  const share = (processorMs(engine.pid) - before) / (instantMs() - from);
  return { share, kb: proportionalKb(engine.pid) };
}

/** Processor time so far; the kernel counts it in hundredths of a second. */
function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

async function withOneStalled(tunnels: Tunnels) {
  await tunnels.intervals();
  await sleep(restMs);
  const before = await tunnels.intervals();
  tunnels.set(services - 1, null);
  await sleep(restMs);
  const meanwhile = await tunnels.intervals();
  tunnels.set(services - 1, 4);
  return { before, meanwhile };
}

async function changes(browser: Browser, signalbox: Signalbox, tunnels: Tunnels): Promise<number[]> {
  const page = await openFleet(browser, signalbox);
  const spans: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const tunnel = n % watched;
    const name = `tunnel-${String(tunnel).padStart(3, "0")}`;
    const paint = watchRow(page, name, "Reconnecting");
    const said = await tunnels.say(tunnel, 0);
    spans.push((await paint) - said);
    const back = watchRow(page, name, "Running");
    tunnels.set(tunnel, 4);
    await back;
  }
  return spans;
}

async function openFleet(browser: Browser, signalbox: Signalbox): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  const page = await context.newPage();
  await page.goto(signalbox.link);
  await page.getByRole("link", { name: "tunnel-000", exact: true }).waitFor();
  await page.getByText("Live").first().waitFor();
  await sleep(2_000);
  return page;
}
