import { ProblemError } from "./problem";

/**
 * Where the next page begins, as a text that nobody but us needs to understand. Keys are whole
 * numbers, or texts.
 */
export function encodeCursor(keys: readonly (number | string)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString("base64url");
}

/**
 * The keys of a cursor that `encodeCursor` made.
 * @param kinds what each key has to be.
 * @throws ProblemError `malformed` for anything else.
 */
export function decodeCursor<const K extends readonly ("number" | "string")[]>(
  text: string,
  kinds: K,
): { -readonly [I in keyof K]: K[I] extends "number" ? number : string } {
  const keys = parseKeys(text);
  const fits = keys?.length === kinds.length && keys.every((key, index) => isKey(key, kinds[index]));
  if (!fits || encodeCursor(keys as string[]) !== text)
    throw new ProblemError("malformed", "cursor: it is not one that an earlier page gave as `next`.");
  return keys as never;
}

function parseKeys(text: string): unknown[] | null {
  try {
    const keys: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return Array.isArray(keys) ? keys : null;
  } catch {
    return null; // not JSON, so none of ours
  }
}

function isKey(key: unknown, kind: "number" | "string" | undefined): boolean {
  if (kind === "number") return Number.isSafeInteger(key);
  return typeof key === "string" && key.length <= 300 && key.isWellFormed() && !key.includes("\0");
}
