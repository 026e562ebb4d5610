import type { Alert, Severity } from "@/lib/wire/alert";
import { severities } from "./alert-order";

/** From which severity on this browser tells of alerts outside the page; `off` by default. */
export type NoticeChoice = Severity | "off";

export const noticeChoices: readonly NoticeChoice[] = ["off", ...severities];

/** Reads what the browser keeps; anything else is off. */
export function readChoice(kept: string | null): NoticeChoice {
  return noticeChoices.find((choice) => choice === kept) ?? "off";
}

/** Whether an alert is to be told: it needs a person, and is bad enough. */
export function isWanted(choice: NoticeChoice, { severity, status }: Alert): boolean {
  if (choice === "off" || status !== "firing") return false;
  return severities.indexOf(severity) <= severities.indexOf(choice);
}
