import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import postgres from "postgres";
import { channels } from "../db/channels";
import { childrenNamed, kill } from "../e2e/support/processes";
import { Signalbox } from "../e2e/support/signalbox";
import { sleepers } from "./fleet";
import { instantMs, inWords, spreadOf } from "./sample";
import type { Row } from "./table";
import { watchRow } from "./watch-row";

const services = 200;
const rounds = 60;

/** A real crash and a real click on a fleet of 200, each beside the bare thing in the same run. */
export async function measureLatency(executablePath: string): Promise<Row[]> {
  const signalbox = await Signalbox.start(sleepers(services, true));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const api = await signalbox.api();
    await api.reaches(`toys/sleeper-${services - 1}`, "Running", 60_000);
    const socket = `${signalbox.data}/run`;
    const sql = postgres({ host: socket, port: 5432, user: "signalbox", database: "signalbox", max: 2 });
    const bare = await bareNotify(sql);
    const page = await openFleet(browser, signalbox);
    const crash = await crashes(sql, page, signalbox.sign);
    const click = await clicks(page, signalbox.sign);
    await sql.end();
    return [
      { what: "bare PostgreSQL NOTIFY, sent → heard, p50 / p95", figure: inWords(spreadOf(bare)) },
      {
        what: "a child killed → row committed and heard, p50 / p95",
        figure: inWords(spreadOf(crash.committed)),
      },
      {
        what: `a child killed → painted in Chromium (${services} services), p50 / p95`,
        figure: inWords(spreadOf(crash.painted)),
        aim: "≤ 15 / 40 ms",
      },
      { what: "bare kill → process gone, p50 / p95", figure: inWords(spreadOf(click.bare)) },
      { what: "click on Stop → process gone, p50 / p95", figure: inWords(spreadOf(click.clicked)) },
      ...(await coldPages(browser, signalbox)),
    ];
  } finally {
    await browser.close();
    await signalbox.remove();
  }
}

async function bareNotify(sql: postgres.Sql): Promise<number[]> {
  let heard: (at: number) => void = () => {};
  const listening = await sql.listen("bench", () => heard(instantMs()));
  const spans: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const arrival = new Promise<number>((resolve) => {
      heard = resolve;
    });
    const sent = instantMs();
    await sql.notify("bench", "");
    spans.push((await arrival) - sent);
  }
  await listening.unlisten();
  return spans;
}

async function openFleet(browser: Browser, signalbox: Signalbox): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  const page = await context.newPage();
  await page.goto(signalbox.link);
  await page.getByRole("link", { name: "sleeper-0", exact: true }).waitFor();
  await page.getByText("Live").first().waitFor();
  await sleep(2_000);
  return page;
}

async function visibleNames(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("tr a")]
      .map((link) => link.textContent ?? "")
      .filter((name) => name.startsWith("sleeper-")),
  );
}

async function crashes(sql: postgres.Sql, page: Page, sign: string) {
  let heard: (at: number) => void = () => {};
  await sql.listen(channels.feed, () => heard(instantMs()));
  const names = (await visibleNames(page)).slice(0, 20);
  const committed: number[] = [];
  const painted: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const name = names[n % names.length] ?? "";
    const [child] = childrenNamed(`toys/${name}`, sign);
    if (!child) throw new Error(`${name} does not run`);
    const paint = watchRow(page, name, "Error");
    await sleep(150);
    const commit = new Promise<number>((resolve) => {
      heard = resolve;
    });
    const killed = instantMs();
    kill(child.pid, "SIGKILL");
    committed.push((await commit) - killed);
    painted.push((await paint) - killed);
    await sleep(100);
    await page.getByRole("button", { name: `Restart ${name}`, exact: true }).click();
    await watchedRunning(page, name);
  }
  return { committed, painted };
}

async function watchedRunning(page: Page, name: string): Promise<void> {
  await page
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name, exact: true }) })
    .getByText("Running")
    .first()
    .waitFor();
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<number> {
  while (alive(pid)) await new Promise((resolve) => setImmediate(resolve));
  return instantMs();
}

async function clicks(page: Page, sign: string) {
  const names = (await visibleNames(page)).slice(0, 20);
  const clicked: number[] = [];
  const bare: number[] = [];
  for (const name of names) {
    const [child] = childrenNamed(`toys/${name}`, sign);
    if (!child) continue;
    const button = page.getByRole("button", { name: `Stop ${name}`, exact: true });
    const pressed = button.evaluate(
      (element) =>
        new Promise<number>((resolve) => {
          element.addEventListener("click", () => resolve(performance.timeOrigin + performance.now()), {
            once: true,
          });
        }),
    );
    await sleep(50);
    const [at] = await Promise.all([gone(child.pid), button.click()]);
    clicked.push(at - (await pressed));
  }
  for (let n = 0; n < names.length; n += 1) {
    const { spawn } = await import("node:child_process");
    const child = spawn("sleep", ["1000"]);
    await sleep(20);
    const before = instantMs();
    child.kill("SIGTERM");
    await new Promise((resolve) => child.once("exit", resolve));
    bare.push(instantMs() - before);
  }
  return { clicked, bare };
}

/** First visits of a browser that has nothing in its cache. */
async function coldPages(browser: Browser, signalbox: Signalbox): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, path, aims] of [
    ["fleet", "/", { time: "≤ 700 ms", all: "≤ 400 kB", script: "≤ 170 kB" }],
    ["service", "/services/toys/sleeper-3", { time: undefined, all: undefined, script: undefined }],
  ] as const) {
    const times: number[] = [];
    let bytes = { script: 0, all: 0 };
    for (let n = 0; n < 5; n += 1) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
      await context.request.get(signalbox.link);
      const page = await context.newPage();
      const before = instantMs();
      await page.goto(signalbox.address + path, { waitUntil: "commit" });
      const usable =
        what === "fleet"
          ? page
              .getByRole("button", { name: "Stop sleeper-100", exact: true })
              .or(page.getByRole("link", { name: "sleeper-0", exact: true }))
          : page.getByRole("button", { name: "Stop", exact: true });
      await usable.first().waitFor();
      times.push(instantMs() - before);
      await sleep(1_500);
      bytes = await page.evaluate(() => {
        const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
        const [document] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
        const sum = (list: PerformanceResourceTiming[]) =>
          list.reduce((all, { encodedBodySize }) => all + encodedBodySize, 0);
        return {
          script: sum(entries.filter(({ name }) => new URL(name).pathname.endsWith(".js"))),
          all: sum(entries) + (document?.encodedBodySize ?? 0),
        };
      });
      await context.close();
    }
    rows.push(
      {
        what: `${what} page, cold: usable after, p50 / p95`,
        figure: inWords(spreadOf(times)),
        aim: aims.time,
      },
      {
        what: `${what} page, cold: compressed script`,
        figure: `${Math.round(bytes.script / 1024)} kB`,
        aim: aims.script,
      },
      { what: `${what} page, cold: everything`, figure: `${Math.round(bytes.all / 1024)} kB`, aim: aims.all },
    );
  }
  return rows;
}
