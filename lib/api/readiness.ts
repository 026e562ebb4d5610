import type { Handle } from "@/db/open";
import { isAnyHostLeased, readHosts } from "@/db/read/hosts";
import { now } from "../clock";
import { silenceMs } from "../wire/contact-view";
import { askDatabase } from "./web-database";

const answerWithinMs = 2_000;

/** Why Signalbox cannot do its work now; empty when it can. */
export async function whyNotReady(): Promise<string[]> {
  try {
    const heard = await askDatabase(answerWithinMs, ({ db }) => isEngineHeard(db));
    return heard ? [] : ["engine: no engine has been heard from in the last seconds"];
  } catch {
    return ["database: it does not answer"]; // the feed's own log line says why
  }
}

/** A host that is watched is written of every second; one that is out of contact still has its engine. */
async function isEngineHeard(db: Handle): Promise<boolean> {
  const hosts = await readHosts(db);
  const oldest = now().at - silenceMs * 1000;
  if (hosts.some(({ observedUntil }) => (observedUntil ?? 0) >= oldest)) return true;
  const silent = hosts.some(({ contact }) => contact === "live");
  return !silent && (hosts.length === 0 || (await isAnyHostLeased(db)));
}
