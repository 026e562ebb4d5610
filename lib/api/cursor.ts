import { ProblemError } from "./problem";

/**
 * Where the next page begins, as a text that nobody but us needs to understand. Keys are whole
 * numbers, or texts.
 */
export function encodeCursor(keys: readonly (number | string)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString("base64url");
}

/** What a key is compared with: a column of that type must be able to take it. */
type KeyKind = keyof typeof fits;
type Key<K extends KeyKind | undefined> = K extends "text" ? string : number;

const largestInteger = 2_147_483_647;

const fits = {
  integer: (key: unknown) => Number.isSafeInteger(key) && Math.abs(Number(key)) <= largestInteger,
  bigint: (key: unknown) => Number.isSafeInteger(key),
  text: (key: unknown) =>
    typeof key === "string" && key.length <= 300 && key.isWellFormed() && !key.includes("\0"),
} as const;

/**
 * The keys of a cursor that `encodeCursor` made.
 * @param kinds the type of the column that each key belongs to.
 * @throws ProblemError `malformed` for anything else.
 */
export function decodeCursor<const K extends readonly KeyKind[]>(
  text: string,
  kinds: K,
): { -readonly [I in keyof K]: Key<K[I]> } {
  const keys = parseKeys(text);
  const isOurs = keys?.length === kinds.length && kinds.every((kind, index) => fits[kind](keys[index]));
  if (!isOurs || encodeCursor(keys as string[]) !== text)
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
