/** A detail such as "exited with code 5" as a sentence of its own. */
export function asSentence(detail: string): string {
  const text = detail.trim();
  const [first = ""] = text;
  return `${first.toUpperCase()}${text.slice(first.length)}${/[.!?]$/.test(text) ? "" : "."}`;
}
