import { z } from "zod";
import { quote } from "./issue";
import { nearest } from "./nearest";

/** Keys that have their place elsewhere, and where that is, as the end of "`key` belongs to …". */
export type Elsewhere = Readonly<Record<string, string>>;

/**
 * A map that takes these keys and no others. `noun` is what the map describes, with its article:
 * "unknown key `healt` in a service". For unknown keys the message has a line for each.
 */
export function keysOf<Shape extends z.ZodRawShape>(noun: string, shape: Shape, elsewhere: Elsewhere = {}) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => unknownKey(key, noun, known, elsewhere)).join("\n")
        : `${noun} is a map; allowed: ${known.join(", ")}`,
  });
}

export function unknownKey(
  key: string,
  noun: string,
  known: readonly string[],
  elsewhere: Elsewhere = {},
): string {
  const allowed = `allowed: ${known.join(", ")}`;
  const place = Object.hasOwn(elsewhere, key) ? elsewhere[key] : undefined;
  if (place !== undefined) return `${quote(key)} belongs to ${place}; ${allowed}`;
  const meant = nearest(key, known);
  const hint = meant === null ? "" : `did you mean \`${meant}\`? `;
  // An address where a key belongs may hold a secret.
  const named = key.includes("://") ? "that is an address" : quote(key);
  return `unknown key ${named} in ${noun}; ${hint}${allowed}`;
}
