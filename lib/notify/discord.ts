import { escapeDiscord } from "./escape";
import type { Letter, Message } from "./message";
import { moodColour } from "./mood-colour";
import { cut } from "./plain-line";

/** Discord's own limits: ten embeds, and 6,000 characters in all of them together. */
const mostEmbeds = 10;
const mostCharacters = 5_500;

/** A letter for a webhook of Discord's kind. Nobody is called by what stands in it. */
export function discordBody({ title, messages }: Letter): string {
  const embeds = messages.slice(0, mostEmbeds).map((message, _, shown) => embed(message, shown.length));
  const rest = messages.length - embeds.length;
  const more = rest === 0 ? "" : ` (${rest} of them are not shown here)`;
  const content = messages.length === 1 ? undefined : escapeDiscord(`${title}${more}`);
  return JSON.stringify({ content, embeds, allowed_mentions: { parse: [] } });
}

function embed({ mood, title, facts, links }: Message, count: number) {
  const most = Math.floor(mostCharacters / count) - 256;
  const lines = facts.map(({ label, text }) => `**${label}:** ${escapeDiscord(text)}`);
  const ways = links.map(({ label, text }) => `**${label}:** ${text}`);
  const way = ways.join("\n");
  return {
    title: cut(escapeDiscord(title), 256),
    url: links[0].text,
    description: `${cut(lines.join("\n"), Math.max(1, most - way.length - 1))}\n${way}`,
    color: Number.parseInt(moodColour[mood].slice(1), 16),
  };
}
