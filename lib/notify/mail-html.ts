import { escapeHtml } from "./escape";
import type { Fact, Letter, Message } from "./message";
import { moodColour } from "./mood-colour";

/** A letter as simple HTML: mail programs understand little of it. */
export function mailHtml({ title, messages }: Letter): string {
  const heading = messages.length === 1 ? "" : `<p><b>${escapeHtml(title)}</b></p>`;
  return `<!doctype html><html><body style="font-family:sans-serif">${heading}${messages.map(part).join("")}</body></html>`;
}

function part({ mood, title, facts, links }: Message): string {
  const rows = [...facts.map(factRow), ...links.map(linkRow)].join("");
  const style = `border-left:4px solid ${moodColour[mood]};padding-left:12px;margin-bottom:16px`;
  return `<div style="${style}"><p><b>${escapeHtml(title)}</b></p><table>${rows}</table></div>`;
}

function factRow({ label, text }: Fact): string {
  return row(label, escapeHtml(text));
}

function linkRow({ label, text }: Fact): string {
  const url = escapeHtml(text);
  return row(label, `<a href="${url}">${url}</a>`);
}

function row(label: string, html: string): string {
  return `<tr><th align="left" valign="top">${escapeHtml(label)}</th><td>${html}</td></tr>`;
}
