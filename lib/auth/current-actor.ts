import { headers } from "next/headers";
import { askDatabase } from "../api/web-database";
import { type Actor, identify } from "./identify";

const answerWithinMs = 5_000;

/**
 * Who asks for the page, or calls the action, that is being run; null for a stranger.
 * @throws when the database is out of reach.
 */
export async function currentActor(): Promise<Actor | null> {
  const sent = await headers();
  return askDatabase(answerWithinMs, ({ db }) => identify(db, sent));
}
