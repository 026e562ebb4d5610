/** These begin small wherever they stand. */
const alwaysSmall = /^(systemd|cloudflared)\b/;

/** A part of a sentence as one that begins here. */
export function capital(words: string): string {
  return alwaysSmall.test(words) ? words : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
