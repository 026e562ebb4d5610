import { choiceKey, claim, type NoticeChoice, readChoice, toldKey } from "./notice-choice";

/** This browser's choice, the same in all its tabs. */
export function keptChoice(): NoticeChoice {
  return readChoice(readKept(choiceKey));
}

const listeners = new Set<() => void>();

export function keepChoice(choice: NoticeChoice): void {
  writeKept(choiceKey, choice);
  for (const listener of listeners) listener();
}

/** Calls `listener` when the choice changes, here or in another tab. @returns how to stop. */
export function followChoice(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

/** Which of these alerts this tab is to tell of: each is given to one tab of the browser, once. */
export async function claimAlerts(ids: readonly string[]): Promise<readonly string[]> {
  return navigator.locks.request("signalbox-notices", () => {
    const { mine, keep } = claim(readKept(toldKey), ids);
    writeKept(toldKey, keep);
    return mine;
  });
}

/** A browser may refuse its store, in a private window for one: then nothing is kept. */
function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeKept(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Not kept: the choice holds until the page is closed no longer than the store says.
  }
}
