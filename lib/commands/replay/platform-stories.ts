import type { Observation } from "../../machine/observation";
import type { Micros } from "../../machine/types";
import { formatOf, ownLinesOf } from "../../platforms/systemd/replay/replay-capture";
import { type CaptureFile, inFile } from "./capture-file";
import { type Replayed, replayText } from "./replay-text";

/** What platforms' captures tell of one service, file after file. */
export interface Story {
  /** What its process did before the first of them; null: that is not known. */
  readonly opened: string | null;
  readonly observations: readonly Observation[];
  /** What it wrote into its own log. */
  readonly lines: readonly { readonly at: Micros; readonly text: string }[];
}

export interface StoryWish {
  readonly isWanted: (service: string) => boolean;
  readonly settleMs: number;
  /** What its process does in the state that it is said to begin in; null: nothing is said. */
  readonly initial: string | null;
  /** What a poll saw its process do first; null: nothing was polled. */
  readonly polled: string | null;
}

/** The services of these captures, each with what its process did: the process's own Running too. */
export function readStories(files: readonly CaptureFile[], wish: StoryWish): ReadonlyMap<string, Story> {
  const stories = new Map<string, Story>();
  for (const file of files) {
    for (const replayed of tellOnce(file, stories, wish)) {
      const known = stories.get(replayed.service);
      const story = known ?? { opened: null, observations: [], lines: [] };
      if (replayed.tag === "observation")
        stories.set(replayed.service, {
          ...story,
          observations: [...story.observations, replayed.observation],
        });
      else if (known === undefined) stories.set(replayed.service, { ...story, opened: replayed.state });
    }
    addLines(file, stories);
  }
  return stories;
}

/** Where a capture does not say what was before it, the poll does: then it is read with that. */
function tellOnce(file: CaptureFile, stories: ReadonlyMap<string, Story>, wish: StoryWish): Replayed[] {
  const tell = (polled: string | null) =>
    inFile(file, () => [
      ...replayText(file.text, {
        isWanted: wish.isWanted,
        settleMs: wish.settleMs,
        stateOf: (service) =>
          stories.get(service)?.observations.at(-1)?.state ?? wish.initial ?? polled ?? undefined,
        application: false,
      }),
    ]);
  const told = tell(null);
  const isOpen = told.some(
    (each) => each.tag === "opened" && each.state === null && !stories.has(each.service),
  );
  if (!isOpen || wish.polled === null) return told;
  return tell(wish.polled).map((each) => (each.tag === "opened" ? { ...each, state: null } : each));
}

function addLines({ text }: CaptureFile, stories: Map<string, Story>): void {
  if (formatOf(text) !== "journal") return;
  const lines = ownLinesOf(text);
  for (const [service, story] of stories) {
    const own = lines.filter(({ unit }) => unit === `${service}.service`);
    stories.set(service, { ...story, lines: [...story.lines, ...own] });
  }
}
