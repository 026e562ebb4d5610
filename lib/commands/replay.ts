import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { toRfc3339 } from "../clock";
import { advance } from "../machine/advance";
import { kinds, machineOfKind } from "../machine/kinds/machine-of-kind";
import type { Move } from "../machine/observation";
import { replayProcessFacts } from "../platforms/process/replay-facts";
import type { CommandContext } from "./context";

const usage = `Usage: npm run replay -- [--kind ${kinds.join("|")}] [--unit NAME] [--initial STATE] FILE…

Reads captures and prints, as JSON lines, the transitions that would be recorded. What this version
reads: the process supervisor's own facts (<data>/process/HOST/NAME.facts.jsonl).
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
  const current = new Map<string, { state: string | null; seq: number }>();
  for (const file of read.files) {
    try {
      const text = await readFile(path.resolve(context.cwd, file), "utf8");
      for (const { service, observation } of replayProcessFacts(withoutMarks(text))) {
        if (read.unit !== null && service !== read.unit) continue;
        const before = current.get(service) ?? { state: read.initial, seq: 0 };
        const moves = advance(machine, before, observation);
        for (const move of moves) context.stdout.write(`${JSON.stringify(tell(service, move))}\n`);
        const last = moves.at(-1);
        if (last) current.set(service, { state: last.to, seq: last.seq });
      }
    } catch (error) {
      context.stderr.write(`${file}: ${(error as Error).message}\n`);
      return 1;
    }
  }
  return 0;
}

function readArguments(argv: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { kind: text, unit: text, initial: text, settle: text },
      allowPositionals: true,
    });
    if (positionals.length === 0) return "Name at least one file.";
    return {
      files: positionals,
      kind: values.kind ?? "service",
      unit: values.unit ?? null,
      initial: values.initial ?? null,
    };
  } catch (error) {
    return (error as Error).message;
  }
}

/** Lines with a `mark` were put there by whoever captured. They are blanked, so that line numbers stay true. */
function withoutMarks(text: string): string[] {
  return text.split("\n").map((line) => (/^\s*\{\s*"mark"\s*:/.test(line) ? "" : line));
}

function tell(service: string, move: Move) {
  const { from, to, event, declared, inferred, cause } = move;
  return { service, from, to, event, at: toRfc3339(move.at), cause, declared, inferred };
}
