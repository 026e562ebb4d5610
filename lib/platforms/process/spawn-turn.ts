import { setImmediate as othersTurn } from "node:timers/promises";

let last: Promise<unknown> = Promise.resolve();

/**
 * Resolves for one caller after the other, with room for other work in between: a spawn holds
 * everything up for some milliseconds, and many may be wanted at once.
 */
export async function spawnTurn(): Promise<void> {
  const mine = last.then(() => othersTurn());
  last = mine;
  await mine;
}
