import { SecretError } from "../config/read-secret";
import type { Letter, Message } from "./message";
import { cut } from "./plain-line";
import { plainText } from "./plain-text";
import type { Post } from "./post";

/** ntfy's five steps: 5 rings through, 4 makes itself heard, 3 is ordinary, 2 is quiet. */
const priorities: Readonly<Record<Message["mood"], number>> = {
  critical: 5,
  warning: 4,
  info: 3,
  acknowledged: 2,
  resolved: 3,
  test: 3,
};

const signs: Readonly<Record<Message["mood"], string>> = {
  critical: "rotating_light",
  warning: "warning",
  info: "information_source",
  acknowledged: "eyes",
  resolved: "white_check_mark",
  test: "mailbox",
};

/** Longer ones ntfy turns into attached files; in bytes. */
const mostBytes = 3_800;

/**
 * A letter for ntfy, published as JSON to the server's root.
 * @param topic null: the last part of the address.
 * @throws SecretError when the address names no topic either.
 */
export function ntfyPost(url: URL, topic: string | null, token: string | null, letter: Letter): Post {
  const { messages } = letter;
  const loudest = messages.reduce((one, other) =>
    priorities[other.mood] > priorities[one.mood] ? other : one,
  );
  const place = placeOf(url, topic);
  const body = JSON.stringify({
    topic: place.topic,
    title: cut(letter.title, 250),
    message: cutBytes(plainText(letter)),
    priority: priorities[loudest.mood],
    tags: [signs[loudest.mood]],
    click: messages[0].links[0].text,
  });
  return { url: place.root, body, headers: token === null ? {} : { authorization: `Bearer ${token}` } };
}

function placeOf(url: URL, topic: string | null): { root: URL; topic: string } {
  const root = new URL(url);
  root.search = "";
  if (topic !== null) return { root, topic };
  const parts = url.pathname.split("/").filter((part) => part !== "");
  const last = parts.pop();
  if (last === undefined) throw new SecretError("neither topic nor the address names a topic");
  root.pathname = `/${parts.join("/")}`;
  return { root, topic: last };
}

function cutBytes(text: string): string {
  let shown = text;
  while (Buffer.byteLength(shown) > mostBytes) shown = cut(shown, Math.floor(shown.length * 0.9));
  return shown;
}
