import type { Entry } from "@/db/write/batch";
import { advance } from "../machine/advance";
import type { Move, Observation } from "../machine/observation";
import type { Commander } from "./commander";
import { storable } from "./storable";
import { applyMove, asNews, newsIn, type Span, stayUntil, type Track, underNewKey } from "./track";

/** How many moves that are over go into one entry. */
const movesTogether = 200;

interface Parts {
  readonly commander: Commander;
  readonly push: (entry: Entry) => void;
  /** When the host was not seen, and nothing recovered what happened. */
  readonly gaps: () => readonly Span[];
}

/** Turns what was observed of a host's services into rows of history, and tells commands of them. */
export class HistoryMaker {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What is seen as it happens. What history has already is left out. */
  onObservation(track: Track, seen: Observation): void {
    const news = asNews(track, seen);
    const last = news === null ? undefined : this.#record(track, [news], false);
    // What finished has done what it was wanted for; what merely ended is wanted all the same.
    if (last?.event === "finished" && track.wanted === true) {
      track.wanted = false;
      this.#parts.push({ tag: "wanted", serviceId: track.serviceId, wanted: false });
    }
  }

  /** What a record tells afterwards, oldest first: it raises nothing, and is not told move by move. */
  onHistory(track: Track, told: readonly Observation[]): void {
    const news = newsIn(track, told);
    for (let first = 0; first < news.length; first += movesTogether)
      this.#record(track, news.slice(first, first + movesTogether), true);
  }

  /** @returns the last of the moves that these observations make. */
  #record(track: Track, seen: readonly Observation[], over: boolean): Move | undefined {
    const { commander, gaps, push } = this.#parts;
    const recorded = seen.flatMap((told) => {
      const observation = underNewKey(track, storable(told));
      return advance(track.machine, track, observation).map((move) => {
        const stay = stayUntil(track, move, gaps());
        applyMove(track, move);
        return { move, ...stay, commandId: move.cause.commandId ?? null };
      });
    });
    if (recorded.length === 0) return undefined;
    push({ tag: "moves", serviceId: track.serviceId, moves: recorded, ...(over && { over }) });
    for (const { move } of recorded) commander.onMove(track, move);
    return recorded.at(-1)?.move;
  }
}
