import { advance } from "../../machine/advance";
import type { Machine, Micros } from "../../machine/types";
import type { ApplicationFact, ApplicationRules } from "../../probes/contract";
import { observedMove } from "../../probes/observed-move";
import { type CaptureFile, inFile } from "./capture-file";
import { readStories, type Story } from "./platform-stories";
import { originOf } from "./poll-origin";
import { polledObservations, withPolled } from "./polled-observations";
import { isProbeCapture, type ProbeCapture, type ProbeLines, readProbeCapture } from "./probe-capture";
import { rowOf } from "./row";

export interface ReplayedKind<Memory, Answer> {
  readonly rules: ApplicationRules<Memory, Answer>;
  readonly lines: ProbeLines<Answer>;
}

export interface ApplicationWish {
  readonly machine: Machine;
  readonly isWanted: (service: string) => boolean;
  /** The service of answers that do not say theirs; null: the only one that the captures tell of. */
  readonly service: string | null;
  readonly initial: string | null;
  readonly settleMs: number;
  /** Where the instants of a poll count from; null: from where the capture beside it begins. */
  readonly pollAt: Micros | null;
}

interface Event<Answer> {
  readonly service: string;
  readonly at: Micros;
  readonly fact: ApplicationFact<Answer>;
}

/**
 * The rows that captures of a platform and the answers of a probe make together, by the very rules of
 * the live watch: all files are one history, in the order of their instants.
 * @throws Error that names the file and the line.
 */
export function* replayApplication<Memory, Answer>(
  files: readonly CaptureFile[],
  { rules, lines }: ReplayedKind<Memory, Answer>,
  wish: ApplicationWish,
): Generator<string> {
  const probed = files.filter(({ text }) => isProbeCapture(text));
  const platforms = files.filter((file) => !probed.includes(file));
  const captures = probed.map((file) => {
    const capture = inFile(file, () => readProbeCapture(file.text, lines));
    return moved(capture, capture.isRelative ? originOf(file, files, platforms, wish.pollAt) : 0);
  });
  const polled = polledObservations(
    captures.flatMap(({ processes }) => processes).sort((one, other) => one.at - other.at),
  );
  const stories = readStories(platforms, {
    ...wish,
    initial: rules.processState(wish.initial),
    polled: polled[0]?.state ?? null,
  });
  const sole = soleService(stories, wish.service, lines.kind);
  const events = [
    ...processEvents(stories, sole, polled),
    ...captures.flatMap((capture) => answerEvents(capture, sole, wish.isWanted)),
  ].sort((one, other) => one.at - other.at);
  yield* rowsOf(events, stories, rules, wish);
}

function moved<Answer>(capture: ProbeCapture<Answer>, by: Micros): ProbeCapture<Answer> {
  const move = <T extends { readonly at: Micros }>(each: T): T => ({ ...each, at: each.at + by });
  return { ...capture, facts: capture.facts.map(move), processes: capture.processes.map(move) };
}

function soleService(stories: ReadonlyMap<string, Story>, named: string | null, kind: string): string | null {
  if (named !== null) return named;
  return stories.size > 1 ? null : ([...stories.keys()][0] ?? kind);
}

function processEvents(
  stories: ReadonlyMap<string, Story>,
  sole: string | null,
  polled: Story["observations"],
): Event<never>[] {
  const services = new Map(stories);
  if (polled.length > 0 && sole !== null && !services.has(sole))
    services.set(sole, { opened: null, observations: [], lines: [] });
  return [...services].flatMap(([service, { observations, lines }]) => [
    ...withPolled(observations, service === sole ? polled : []).map((observation) => ({
      service,
      at: observation.at,
      fact: { tag: "process" as const, observation },
    })),
    ...lines.map(({ at, text }) => ({ service, at, fact: { tag: "log" as const, at, text } })),
  ]);
}

function answerEvents<Answer>(
  { facts }: ProbeCapture<Answer>,
  sole: string | null,
  isWanted: (service: string) => boolean,
): Event<Answer>[] {
  const failures = new Map<string, number>();
  return facts.flatMap(({ service: named, at, asked }) => {
    const service = named ?? sole;
    if (service === null)
      throw new Error("The captures tell of several services: say with --unit whose answers these are.");
    if (!isWanted(service)) return [];
    const inRow = asked.tag === "failed" ? (failures.get(service) ?? 0) + 1 : 0;
    failures.set(service, inRow);
    return [{ service, at, fact: { tag: "asked" as const, asked, at, failures: inRow } }];
  });
}

function* rowsOf<Memory, Answer>(
  events: readonly Event<Answer>[],
  stories: ReadonlyMap<string, Story>,
  rules: ApplicationRules<Memory, Answer>,
  { machine, initial }: ApplicationWish,
): Generator<string> {
  const lives = new Map<string, { memory: Memory; state: string | null; seq: number }>();
  for (const { service, at, fact } of events) {
    const opened = initial ?? stories.get(service)?.opened ?? null;
    const life = lives.get(service) ?? begin(rules, opened, initial === null, at);
    lives.set(service, life);
    const { memory, moves, told } = rules.take(life.memory, fact);
    life.memory = memory;
    for (const move of moves) {
      for (const made of advance(machine, life, observedMove(move))) {
        yield rowOf(service, made, move.tag === "application" ? told?.health : undefined);
        life.state = made.to;
        life.seq = made.seq;
      }
    }
  }
}

/** That its process runs says nothing of the application: then only that is known. */
function begin<Memory, Answer>(
  rules: ApplicationRules<Memory, Answer>,
  opened: string | null,
  isProcess: boolean,
  at: Micros,
) {
  if (opened !== "Running" || !isProcess) return { memory: rules.begin(opened, null), state: opened, seq: 0 };
  const up = polledObservations([{ at, state: "Running", restarts: 0, words: "active" }]);
  const memory = up.reduce(
    (before, observation) => rules.take(before, { tag: "process", observation }).memory,
    rules.begin(null, null),
  );
  return { memory, state: null, seq: 0 };
}
