import { LeftOverEnding } from "./end-left-overs";
import { forget, type Household } from "./household";
import type { Found } from "./left-overs";

const limitMs = 10_000;

/** Ends what was left of a service that is no longer configured: it has no history to tell it in. */
export async function endStray(
  house: Pick<Household, "records" | "warn" | "killPatienceMs">,
  name: string,
  found: Found,
  isConfigured: (name: string) => boolean,
): Promise<void> {
  const { warn, killPatienceMs: patienceMs } = house;
  if (found.processes.length > 0) {
    warn(`${name} is no longer configured; what an earlier run left of it is ended`);
    const ending = new LeftOverEnding(found, { limitMs, patienceMs }, () => undefined, warn);
    if ((await ending.over).length > 0) {
      warn(`what an earlier run left of ${name} could not be ended`);
      return;
    }
  }
  // It may have been configured again meanwhile.
  if (!isConfigured(name)) forget(house, name);
}
