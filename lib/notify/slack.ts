import { escapeSlack } from "./escape";
import type { Letter, Message } from "./message";
import { moodColour } from "./mood-colour";
import { cut } from "./plain-line";

/** Slack takes a hundred attachments; more than these nobody reads. */
const mostAttachments = 20;

/** A letter for an incoming webhook of Slack's kind (Mattermost and Rocket.Chat take the same). */
export function slackBody({ title, messages }: Letter): string {
  const shown = messages.slice(0, mostAttachments).map((message) => attachment(message, messages.length > 1));
  const rest = messages.length - shown.length;
  const more = rest === 0 ? "" : ` (${rest} of them are not shown here)`;
  return JSON.stringify({ text: escapeSlack(`${title}${more}`), attachments: shown });
}

function attachment({ mood, title, facts, links }: Message, isOneOfMany: boolean) {
  const lines = facts.map(({ label, text }) => `${label}: ${cut(escapeSlack(text), 1_500)}`);
  const ways = links.map(({ label, text }) => `<${encodeLink(text)}|${escapeSlack(label)}>`);
  return {
    color: moodColour[mood],
    fallback: escapeSlack(title),
    ...(isOneOfMany ? { title: escapeSlack(title), title_link: links[0].text } : {}),
    text: [...lines, ways.join(" · ")].join("\n"),
    // What services say is shown as it is, without bold and italics.
    mrkdwn_in: [],
  };
}

function encodeLink(url: string): string {
  return url.replaceAll("|", "%7C").replaceAll("<", "%3C").replaceAll(">", "%3E");
}
