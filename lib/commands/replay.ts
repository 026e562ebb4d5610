import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { fromRfc3339 } from "../clock";
import { advance } from "../machine/advance";
import { kinds, machineOfKind } from "../machine/kinds/machine-of-kind";
import type { Machine, Micros } from "../machine/types";
import type { CommandContext } from "./context";
import { type CaptureFile, inFile } from "./replay/capture-file";
import { isProbeCapture } from "./replay/probe-capture";
import { nameOf, replayText } from "./replay/replay-text";
import { replayAnswers } from "./replay/replayed-kinds";
import { rowOf } from "./replay/row";

const usage = `Usage: npm run replay -- [--kind ${kinds.join("|")}] [--unit NAME] [--initial STATE] [--settle MS] [--at INSTANT] FILE…

Reads captures and prints, as JSON lines, the transitions that would be recorded. It reads
  journalctl -o json                                           what systemd's journal recovers
  busctl monitor --json=short org.freedesktop.systemd1         what systemd signals
  *.signals.jsonl                                              the same, in the form of our fixtures
  <data>/process/HOST/NAME.facts.jsonl                         the process supervisor's own facts
and beside them what an application of --kind answers, a line each:
  {"probe":"cloudflared","at":"2026-11-22T22:15:56Z","ready":{"status":200,"body":{"readyConnections":4}}}
  {"probe":"cloudflared","at":"2026-11-22T22:15:55Z","failed":{"failure":"refused"}}
  {"probe":"besu","at":"2026-11-22T22:15:56Z","syncing":false,"height":12,"headAt":"2026-11-22T22:15:55Z","peers":4}
  *.poll.jsonl                                                 /ready as it was polled (t_ms, ready_status, …)
Services begin in STATE, or in what the capture itself shows. A unit that does not say when it is
ready (Type=simple) counts as running once it has stayed up for MS (1000). A poll's t_ms counts from
INSTANT, or from the first entry of the capture of the same name, or of the one named before it.
`;

/** `npm run replay -- FILE…`: no database, no processes; the interpretation alone. */
export async function main(argv: readonly string[], context: CommandContext): Promise<number> {
  const read = readArguments(argv);
  if (typeof read === "string") {
    context.stderr.write(`${read}\n${usage}`);
    return 2;
  }
  const machine = machineOfKind(read.kind);
  if (!machine || (read.initial !== null && !machine.states.some(({ name }) => name === read.initial))) {
    context.stderr.write(
      machine ? `${read.kind} has no state ${read.initial}.\n` : `There is no kind ${read.kind}.\n`,
    );
    return 2;
  }
  const print = linePrinter(context.stdout);
  try {
    const files = await readFiles(read.files, context.cwd);
    for (const line of rowsOf(files, machine, read)) if (!(await print(line))) return 0;
  } catch (error) {
    context.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
  return 0;
}

async function readFiles(names: readonly string[], cwd: string): Promise<CaptureFile[]> {
  const files: CaptureFile[] = [];
  for (const name of names) {
    const text = await readFile(path.resolve(cwd, name), "utf8").catch((error: Error) => {
      throw new Error(`${name}: ${error.message}`, { cause: error });
    });
    files.push({ name, text });
  }
  return files;
}

function* rowsOf(files: readonly CaptureFile[], machine: Machine, wish: ReplayArguments): Generator<string> {
  const { unit } = wish;
  const isWanted = (service: string) => unit === null || nameOf(service) === nameOf(unit);
  const probed = files.find(({ text }) => isProbeCapture(text));
  if (probed === undefined) {
    const replay = new Replay(machine, { ...wish, isWanted });
    for (const file of files) yield* inFile(file, () => [...replay.lines(file.text)]);
    return;
  }
  const rows = replayAnswers(files, {
    ...wish,
    machine,
    isWanted,
    service: unit === null ? null : nameOf(unit),
  });
  if (rows === null)
    throw new Error(
      `${probed.name}: these are a probe's answers, and a ${machine.kind} gives none: say --kind.`,
    );
  yield* rows;
}

/** The transitions of captures, one file after the other, with the state that each service is in. */
class Replay {
  readonly #machine: Machine;
  readonly #wish: PlatformWish;
  readonly #current = new Map<string, { state: string | null; seq: number }>();

  constructor(machine: Machine, wish: PlatformWish) {
    this.#machine = machine;
    this.#wish = wish;
  }

  *lines(text: string): Generator<string> {
    const { isWanted, initial, settleMs } = this.#wish;
    const wish = {
      isWanted,
      settleMs,
      stateOf: (service: string) => this.#current.get(service)?.state ?? initial ?? undefined,
      application: this.#machine.kind !== "service",
    };
    for (const replayed of replayText(text, wish)) {
      const { service } = replayed;
      const before = this.#current.get(service) ?? { state: initial, seq: 0 };
      switch (replayed.tag) {
        case "opened":
          if (initial === null) this.#current.set(service, { ...before, state: this.#known(replayed.state) });
          break;
        case "observation": {
          const moves = advance(this.#machine, before, replayed.observation);
          const last = moves.at(-1);
          if (last) this.#current.set(service, { state: last.to, seq: last.seq });
          for (const move of moves) yield rowOf(service, move);
        }
      }
    }
  }

  #known(state: string | null): string | null {
    return this.#machine.states.some(({ name }) => name === state) ? state : null;
  }
}

/** Writes a line; says false when nobody reads any more (`| head`), which is no error. */
function linePrinter(stdout: NodeJS.WritableStream): (line: string) => Promise<boolean> {
  // Told to whoever writes as well; without a listener it would end the process.
  stdout.on("error", () => undefined);
  return (line) =>
    new Promise((resolve, reject) => {
      stdout.write(line, (error) => {
        if (!error) resolve(true);
        else if ((error as NodeJS.ErrnoException).code === "EPIPE") resolve(false);
        else reject(error);
      });
    });
}

interface PlatformWish extends Pick<ReplayArguments, "initial" | "settleMs"> {
  readonly isWanted: (service: string) => boolean;
}

interface ReplayArguments {
  readonly files: readonly string[];
  readonly kind: string;
  readonly unit: string | null;
  readonly initial: string | null;
  readonly settleMs: number;
  /** Where the instants of a poll count from; null: from where the capture beside it begins. */
  readonly pollAt: Micros | null;
}

function readArguments(argv: readonly string[]): ReplayArguments | string {
  const text = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { kind: text, unit: text, initial: text, settle: text, at: text },
      allowPositionals: true,
    });
    const { kind = "service", unit = null, initial = null, settle = "1000", at } = values;
    if (positionals.length === 0) return "Name at least one file.";
    if (!/^\d{1,9}$/.test(settle))
      return `--settle is a number of milliseconds, not ${JSON.stringify(settle)}.`;
    const pollAt = at === undefined ? null : fromRfc3339(at);
    if (at !== undefined && pollAt === null)
      return `--at is an RFC 3339 instant such as 2026-11-22T22:15:55Z, not ${JSON.stringify(at)}.`;
    return { files: positionals, kind, unit, initial, settleMs: Number(settle), pollAt };
  } catch (error) {
    return (error as Error).message;
  }
}
