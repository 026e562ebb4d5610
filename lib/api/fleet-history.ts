import { readActors } from "@/db/read/actors";
import { kinds } from "../machine/kinds/machine-of-kind";
import type { Transition } from "../wire/service";
import { fleetTransitionPage } from "./history-pages";
import type { Page } from "./json";
import { ProblemError } from "./problem";
import { readQuery } from "./query";
import { everyState, transitionQuery } from "./transition-query";
import { askDatabase } from "./web-database";

const answerWithinMs = 10_000;

export interface FleetHistoryContent {
  /** The newest page; `null` where the parameters are not understood: who asks again is told why. */
  readonly page: Page<Transition> | null;
  readonly choices: {
    readonly states: readonly string[];
    readonly kinds: readonly string[];
    readonly actors: readonly string[];
  };
}

/**
 * What the history page begins with. @param asked parameters of `GET /api/v1/transitions`.
 * @throws when the database is out of reach.
 */
export async function readFleetHistory(asked: string): Promise<FleetHistoryContent> {
  return askDatabase(answerWithinMs, async ({ db }) => ({
    page: await pageOrNull(() =>
      fleetTransitionPage(db, readQuery(new URL(`http://localhost/?${asked}`), transitionQuery)),
    ),
    choices: { states: everyState, kinds, actors: await readActors(db) },
  }));
}

async function pageOrNull(read: () => Promise<Page<Transition>>): Promise<Page<Transition> | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
