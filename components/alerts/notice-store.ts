import { type NoticeChoice, readChoice } from "./notice-choice";

const key = "signalbox-notices";
const listeners = new Set<() => void>();

/** This browser's choice, the same in all its tabs. One that refuses its store, as some do in a private window, has none. */
export function keptChoice(): NoticeChoice {
  try {
    return readChoice(localStorage.getItem(key));
  } catch {
    return "off";
  }
}

/** @returns whether the browser keeps it. */
export function keepChoice(choice: NoticeChoice): boolean {
  try {
    localStorage.setItem(key, choice);
  } catch {
    return false;
  }
  for (const listener of listeners) listener();
  return true;
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
