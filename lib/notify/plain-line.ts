/**
 * A text from outside on one line, without what could move or hide other text, at most `longest`
 * UTF-16 units long.
 */
export function plainLine(text: string, longest = 1_000): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    // Marks that turn the direction of what follows.
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .trim();
  return cut(line, longest);
}

/** At most `longest` UTF-16 units; what is left out is marked. No character is cut in half. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
