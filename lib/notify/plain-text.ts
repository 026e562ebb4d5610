import type { Letter, Message } from "./message";

/** A letter as plain text, without its title. */
export function plainText({ messages }: Letter): string {
  const [only] = messages;
  return messages.length === 1
    ? body(only)
    : messages.map((one) => `${one.title}\n${body(one)}`).join("\n\n");
}

function body({ facts, links }: Message): string {
  return [...facts, ...links].map(({ label, text }) => `${label}: ${text}`).join("\n");
}
