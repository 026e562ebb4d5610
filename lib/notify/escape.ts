/** Texts from services and people, made safe for the forms that are not plain text. */

const htmlSigns: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => htmlSigns[sign] ?? sign);
}

/** An @ that calls nobody: in chats a bare `@channel` in a text wakes everyone. */
function withoutCalls(text: string): string {
  return text.replaceAll("@", "@\u200b");
}

/** Slack's three signs; `<!channel>` and links cannot come from the text then. */
export function escapeSlack(text: string): string {
  return withoutCalls(text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
}

/** Discord's Markdown, so that `besu_1_a` stays what it is. */
export function escapeDiscord(text: string): string {
  return withoutCalls(text.replace(/[\\*_~`|>#[\]()<]/g, (sign) => `\\${sign}`));
}
