import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { toRfc3339 } from "../clock";
import { advance } from "../machine/advance";
import { kinds, machineOfKind } from "../machine/kinds/machine-of-kind";
import type { Move } from "../machine/observation";
import type { Machine } from "../machine/types";
import type { CommandContext } from "./context";
import { replayText } from "./replay/replay-text";

const usage = `Usage: npm run replay -- [--kind ${kinds.join("|")}] [--unit NAME] [--initial STATE] [--settle MS] FILE…

Reads captures and prints, as JSON lines, the transitions that would be recorded. It reads
  journalctl -o json                                           what systemd's journal recovers
  busctl monitor --json=short org.freedesktop.systemd1         what systemd signals
  *.signals.jsonl                                              the same, in the form of our fixtures
  <data>/process/HOST/NAME.facts.jsonl                         the process supervisor's own facts
Services begin in STATE, or in what the capture itself shows. A unit that does not say when it is
ready (Type=simple) counts as running once it has stayed up for MS (1000).
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
  const replay = new Replay(machine, read);
  const print = linePrinter(context.stdout);
  for (const file of read.files) {
    try {
      const text = await readFile(path.resolve(context.cwd, file), "utf8");
      for (const line of replay.lines(text)) if (!(await print(line))) return 0;
    } catch (error) {
      context.stderr.write(`${file}: ${(error as Error).message}\n`);
      return 1;
    }
  }
  return 0;
}

/** The transitions of captures, one file after the other, with the state that each service is in. */
class Replay {
  readonly #machine: Machine;
  readonly #wish: ReplayArguments;
  readonly #current = new Map<string, { state: string | null; seq: number }>();

  constructor(machine: Machine, wish: ReplayArguments) {
    this.#machine = machine;
    this.#wish = wish;
  }

  *lines(text: string): Generator<string> {
    const { unit, initial, settleMs } = this.#wish;
    const isWanted = (service: string) => unit === null || service === unit || `${service}.service` === unit;
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
          for (const move of moves) yield `${JSON.stringify(tell(service, move))}\n`;
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

interface ReplayArguments {
  readonly files: readonly string[];
  readonly kind: string;
  readonly unit: string | null;
  readonly initial: string | null;
  readonly settleMs: number;
}

function readArguments(argv: readonly string[]): ReplayArguments | string {
  const text = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { kind: text, unit: text, initial: text, settle: text },
      allowPositionals: true,
    });
    const { kind = "service", unit = null, initial = null, settle = "1000" } = values;
    if (positionals.length === 0) return "Name at least one file.";
    if (!/^\d{1,9}$/.test(settle))
      return `--settle is a number of milliseconds, not ${JSON.stringify(settle)}.`;
    return { files: positionals, kind, unit, initial, settleMs: Number(settle) };
  } catch (error) {
    return (error as Error).message;
  }
}

function tell(service: string, move: Move) {
  const { from, to, event, declared, inferred, cause } = move;
  return { service, from, to, event, at: toRfc3339(move.at), cause, declared, inferred };
}
