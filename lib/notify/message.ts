import { fromRfc3339, spanInWords } from "../clock";
import { splitServiceId } from "../config/names";
import type { Alert, Severity } from "../wire/alert";
import { plainLine } from "./plain-line";
import type { AlertTelling, Delivery, Telling, TestTelling } from "./telling";

/** What is said, in words, before a channel gives it its form. Every text is on one line, unescaped. */
export interface Message {
  /** How it is to be looked at. */
  readonly mood: Severity | "resolved" | "acknowledged" | "test";
  /** `[critical] toys/echo: in Error for 5 min` */
  readonly title: string;
  /** Since when, why, what to do. */
  readonly facts: readonly Fact[];
  /** The first leads to what it is about. */
  readonly links: readonly [Fact, ...Fact[]];
}

export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** A delivery's messages; where there are several, `title` counts them. */
export interface Letter {
  readonly title: string;
  readonly messages: readonly [Message, ...Message[]];
}

/** What a delivery says. @param base Signalbox's address, without a slash at its end. */
export function letterOf({ tellings: [first, ...rest] }: Delivery, base: string): Letter {
  const messages = [messageOf(first, base), ...rest.map((telling) => messageOf(telling, base))] as const;
  return { title: rest.length === 0 ? messages[0].title : countMoods(messages), messages: [...messages] };
}

export function messageOf(telling: Telling, base: string): Message {
  switch (telling.tag) {
    case "alert":
      return ofAlert(telling, base);
    case "test":
      return ofTest(telling, base);
  }
}

function ofTest({ at, by }: TestTelling, base: string): Message {
  const facts = [
    { label: "Since", text: instantInWords(at) },
    { label: "Why", text: `${plainLine(by, 200)} asked for a test of this channel.` },
    { label: "To do", text: "Nothing: it arrived." },
  ];
  return {
    mood: "test",
    title: "[test] Signalbox reaches this channel",
    facts,
    links: [{ label: "Signalbox", text: `${base}/settings` }],
  };
}

function ofAlert({ what, at, actor, note, alert, runbook }: AlertTelling, base: string): Message {
  const { mood, facts } = newsOf(what, alert, at, actor, note);
  const links = [{ label: aboutWhat(alert), text: linkTo(alert, base) }];
  if (runbook !== null) links.push({ label: "Runbook", text: runbook });
  return {
    mood,
    title: `[${mood}] ${headline(alert)}`,
    facts: facts.map(({ label, text }) => ({ label, text: plainLine(text) })),
    links: links as [Fact, ...Fact[]],
  };
}

function newsOf(
  what: AlertTelling["what"],
  alert: Alert,
  at: string,
  actor: string | null,
  note: string | null,
): Pick<Message, "mood" | "facts"> {
  const since = { label: "Since", text: instantInWords(alert.since) };
  const why = { label: "Why", text: alert.why };
  const todo = { label: "To do", text: alert.todo };
  switch (what) {
    case "fired":
      return { mood: alert.severity, facts: [since, why, todo] };
    case "unsilenced": {
      const text = `The silence ended at ${instantInWords(at)}, and it still holds.`;
      return { mood: alert.severity, facts: [since, why, todo, { label: "Silence", text }] };
    }
    case "acknowledged": {
      const text = `${actor ?? "Somebody"}, at ${instantInWords(at)}${note === null ? "" : `: ${note}`}`;
      return { mood: "acknowledged", facts: [{ label: "Taken on by", text }, since, why] };
    }
    case "resolved": {
      const over = alert.resolvedAt ?? at;
      const lasted = { label: "Lasted", text: spanBetween(alert.since, over) };
      const facts = [since, { label: "Over since", text: instantInWords(over) }, lasted];
      const because = alert.resolvedBecause;
      return {
        mood: "resolved",
        facts: because === null ? facts : [...facts, { label: "Because", text: because }],
      };
    }
  }
}

/** The summary, with what it is about in front unless it says that itself. */
function headline(alert: Alert): string {
  const subject = alert.service ?? alert.group ?? alert.host;
  const summary = plainLine(alert.summary, 300).replace(/\.$/, "");
  const name = alert.service === null ? subject : (splitServiceId(alert.service)?.name ?? subject);
  return summary.includes(name) ? summary : `${plainLine(subject, 300)}: ${summary}`;
}

/** Of a service's alert the group is where the service belongs, not what it is about. */
function aboutWhat({ service, group }: Alert): string {
  if (service !== null) return "Service";
  return group === null ? "Host" : "Group";
}

/** The page of what an alert is about. */
export function linkTo({ service, group }: Alert, base: string): string {
  const id = service === null ? null : splitServiceId(service);
  if (id !== null) return `${base}/services/${encodeURIComponent(id.host)}/${encodeURIComponent(id.name)}`;
  return group === null ? `${base}/hosts` : `${base}/groups/${encodeURIComponent(group)}`;
}

function instantInWords(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

function spanBetween(from: string, to: string): string {
  return spanInWords(Math.max(0, ((fromRfc3339(to) ?? 0) - (fromRfc3339(from) ?? 0)) / 1000));
}

/** `7 messages: 3 critical, 2 warning, 2 resolved` */
function countMoods(messages: readonly Message[]): string {
  const counts = new Map<Message["mood"], number>();
  for (const mood of ["critical", "warning", "info", "acknowledged", "resolved", "test"] as const)
    counts.set(mood, messages.filter((message) => message.mood === mood).length);
  const told = [...counts].filter(([, count]) => count > 0).map(([mood, count]) => `${count} ${mood}`);
  return `${messages.length} messages: ${told.join(", ")}`;
}
