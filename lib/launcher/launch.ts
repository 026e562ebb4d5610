import { mkdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { formatTarget, targetVariable } from "@/db/open";
import { createStartKey } from "@/db/write/create-start-key";
import type { Settings } from "../config/environment";
import { readEnvironment } from "../config/environment";
import { isAlive } from "../is-alive";
import { chooseFleetFile } from "./choose-fleet";
import { takeDemoPorts } from "./demo-ports";
import { refuseTakenPort } from "./free-port";
import { readHolder } from "./holder";
import { openStore, type Store } from "./store";
import { Supervised } from "./supervised";
import { waitUntilServing } from "./wait-until-serving";

export interface LaunchPlan {
  readonly root: string;
  /** The engine's bundled program. */
  readonly engine: string;
  readonly build: string;
  readonly web: {
    readonly argv: readonly [string, ...string[]];
    readonly env: Readonly<Record<string, string>>;
  };
}

/** A reason not to start that the person at the terminal can do something about. */
export class LaunchRefusal extends Error {}

/** How long the parts of a launcher that was killed may take to end. */
const afterDeathMs = 6_000;

const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * Opens the database, migrates, starts engine and web, prints the link that signs this browser in,
 * and keeps the three running until SIGTERM or SIGINT. Ends the process with 1 and one clear line
 * when it cannot start.
 */
export async function launch(plan: LaunchPlan): Promise<{ restartEngine(): void }> {
  try {
    return await launchOrThrow(plan);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

async function launchOrThrow(plan: LaunchPlan): Promise<{ restartEngine(): void }> {
  const read = readEnvironment(process.env, process.cwd());
  if (read.tag === "invalid") throw new LaunchRefusal(read.problems.join("\n"));
  const { settings } = read;
  const fleet = await chooseFleetFile(settings, plan.root);
  await mkdir(fleet.dataFolder, { recursive: true, mode: 0o700 });
  const address = `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${settings.port}`;
  const ending = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => ending.abort());
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  // A launcher that was killed may have left its web process on the port for a moment.
  const previous = await readHolder(fleet.dataFolder);
  if (previous === null || !isAlive(previous.pid))
    await refuseTakenPort(settings.host, settings.port, previous === null ? 0 : afterDeathMs);
  const store = await openStore({
    root: plan.root,
    dataFolder: fleet.dataFolder,
    databaseUrl: settings.databaseUrl,
    address,
  });
  try {
    await refuseTakenPort(settings.host, settings.port, 0);
    const key = await createStartKey(store.target);
    const demo = fleet.demo
      ? { SIGNALBOX_DEMO: "1", DEMO_PORTS: await takeDemoPorts(process.env.DEMO_PORTS) }
      : {};
    const { engine, web } = startProcesses(plan, settings, fleet, store, demo);
    const link = `${settings.publicUrl ?? address}/sign-in?key=${key}`;
    void announce(address, link, fleet.notice, web, ending.signal);
    void endOnSignal(ending.signal, { engine, web, store });
    return { restartEngine: () => engine.restart() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function startProcesses(
  plan: LaunchPlan,
  settings: Settings,
  fleet: { readonly file: string; readonly dataFolder: string },
  store: Store,
  demo: Readonly<Record<string, string | undefined>>,
) {
  const shared = {
    [targetVariable]: formatTarget(store.target),
    SIGNALBOX_BUILD: plan.build,
    SIGNALBOX_ROOT: plan.root,
    SIGNALBOX_LAUNCHER_PID: String(process.pid),
    SIGNALBOX_CONFIG: fleet.file,
    SIGNALBOX_DATA: fleet.dataFolder,
    PORT: String(settings.port),
    HOST: settings.host,
    ...(settings.publicUrl === null ? {} : { SIGNALBOX_URL: settings.publicUrl }),
  };
  const engine = new Supervised({
    name: "engine",
    argv: [process.execPath, "--enable-source-maps", plan.engine],
    cwd: plan.root,
    env: { ...process.env, ...shared, SIGNALBOX_DEMO: "", ...demo },
    say,
  });
  const web = new Supervised({
    name: "web",
    argv: [...plan.web.argv, "--port", String(settings.port), "--hostname", settings.host],
    cwd: plan.root,
    env: { ...process.env, ...shared, ...plan.web.env },
    quiet: true,
    say,
  });
  engine.start();
  web.start();
  return { engine, web };
}

async function announce(
  address: string,
  link: string,
  notice: string | null,
  web: Supervised,
  signal: AbortSignal,
): Promise<void> {
  await waitUntilServing(address, signal);
  if (signal.aborted || !web.running) return;
  if (notice) say(notice);
  say(`Signalbox is at ${address}`);
  process.stdout.write(`Open this link to sign this browser in: ${link}\n`);
}

/** Web first, so that nobody asks for anything more; the engine then records its own end; the database last. */
async function endOnSignal(
  signal: AbortSignal,
  parts: { readonly engine: Supervised; readonly web: Supervised; readonly store: Store },
): Promise<void> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  const deadline = sleep(4_700, undefined, { ref: false }).then(() => process.exit(1));
  await Promise.race([deadline, Promise.all([parts.web.end(2_000), parts.engine.end(3_600)])]);
  await Promise.race([deadline, parts.store.close()]);
  process.exit(0);
}
