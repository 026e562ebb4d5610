import type { Observation } from "../../machine/observation";
import { replayProcessFacts } from "../../platforms/process/replay-facts";
import { formatOf, type ReplayWish, replayCapture } from "../../platforms/systemd/replay/replay-capture";

export type Replayed =
  | { readonly tag: "observation"; readonly service: string; readonly observation: Observation }
  /** What the capture says that the service was in before. */
  | { readonly tag: "opened"; readonly service: string; readonly state: string | null };

/**
 * What a capture of any format tells, in the order of its instants. systemd's services go by the name
 * that a configuration gives them unless told otherwise: the unit without `.service`. Throws an
 * Error that names the line where the text is no capture.
 */
export function* replayText(text: string, wish: ReplayWish): Generator<Replayed> {
  const format = formatOf(text);
  if (format === null) {
    refuseWhatIsNoJson(text);
    for (const replayed of replayProcessFacts(withoutMarks(text)))
      if (wish.isWanted(replayed.service)) yield replayed;
    return;
  }
  const units = replayCapture(text, format, {
    ...wish,
    isWanted: (unit) => wish.isWanted(nameOf(unit)),
    stateOf: (unit) => wish.stateOf(nameOf(unit)),
  });
  for (const { unit, state } of units) yield { tag: "opened", service: nameOf(unit), state };
  const told = units.flatMap(({ unit, observations }) =>
    observations.map((observation) => ({ tag: "observation" as const, service: nameOf(unit), observation })),
  );
  // Sorting is stable, and each unit's own are in order already.
  yield* told.sort((one, other) => one.observation.at - other.observation.at);
}

/** The name that a configuration gives a unit unless told otherwise. */
export function nameOf(unit: string): string {
  return unit.replace(/\.service$/, "");
}

function refuseWhatIsNoJson(text: string): void {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first === -1 || lines[first]?.trimStart().startsWith("{")) return;
  throw new Error(
    `line ${first + 1} is no JSON: a capture has one JSON object a line, as journalctl -o json writes it`,
  );
}

/** Lines with a `mark` were put there by whoever captured. They are blanked, so that line numbers stay true. */
function withoutMarks(text: string): string[] {
  return text.split("\n").map((line) => (/^\s*\{\s*"mark"\s*:/.test(line) ? "" : line));
}
