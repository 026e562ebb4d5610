/** Control characters (tabs are none here), and those that reorder what follows or are not seen at all. */
const unseen = /(?!\t)[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** The same text with what cannot be seen made visible: whatever a service wrote, it stays in its line. */
export function visibleText(text: string): string {
  return text.replace(unseen, show);
}

/** Unicode has pictures for the ASCII ones (U+2400 on); the others are written by their number. */
function show(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
