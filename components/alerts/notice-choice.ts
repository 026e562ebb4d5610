import type { Alert, Severity } from "@/lib/wire/alert";
import { severities } from "./alert-order";

/** From which severity on this browser tells of alerts outside the page; `off` by default. */
export type NoticeChoice = Severity | "off";

export const noticeChoices: readonly NoticeChoice[] = ["off", ...severities];

/** Where this browser keeps the choice, and which alerts it has told of. */
export const choiceKey = "signalbox-notices";
export const toldKey = "signalbox-notices-told";

/** Reads what the browser keeps; anything else is off. */
export function readChoice(kept: string | null): NoticeChoice {
  return noticeChoices.find((choice) => choice === kept) ?? "off";
}

/** Whether an alert is to be told: it needs a person, and is bad enough. */
export function isWanted(choice: NoticeChoice, { severity, status }: Alert): boolean {
  if (choice === "off" || status !== "firing") return false;
  return severities.indexOf(severity) <= severities.indexOf(choice);
}

const toldKept = 500;

/** Which of these no tab of this browser has told of yet, and what to keep so that none does again. */
export function claim(
  kept: string | null,
  ids: readonly string[],
): { readonly mine: readonly string[]; readonly keep: string } {
  const told = readTold(kept);
  const mine = ids.filter((id) => !told.includes(id));
  return { mine, keep: JSON.stringify([...told, ...mine].slice(-toldKept)) };
}

/** Anybody may have written there: what is no list of texts counts as nothing. */
function readTold(kept: string | null): readonly string[] {
  try {
    const told: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(told) ? told.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
