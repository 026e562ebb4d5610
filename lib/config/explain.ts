import type { z } from "zod";
import { type PathStep, type Problem, quote } from "./issue";
import { entryOf, isEmpty, type Located, nodeAt, pathSteps, plainValue } from "./located";

/**
 * Reads a part of the file by its keys. What is wrong with it goes to `problems`, each at the
 * wrong key or value; undefined if anything was.
 */
export function readPart<Keys extends z.ZodType>(
  keys: Keys,
  part: Located,
  path: readonly PathStep[],
  problems: Problem[],
): z.output<Keys> | undefined {
  const result = keys.safeParse(plainValue(part));
  if (result.success) return result.data;
  problems.push(...result.error.issues.flatMap((issue) => explain(issue, part, path)));
  return undefined;
}

function explain(issue: z.core.$ZodIssue, part: Located, base: readonly PathStep[]): Problem[] {
  const path = [...base, ...pathSteps(issue.path)];
  const node = nodeAt(part, issue.path);
  const parent = nodeAt(part, issue.path.slice(0, -1));
  const entry = entryOf(parent, issue.path.at(-1) ?? "");
  const messages = issue.message.split("\n");

  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key, index) => ({
      at: entryOf(node, key)?.at ?? part.at,
      path: [...path, key],
      message: messages[index] ?? issue.message,
    }));
  }
  if (issue.code === "invalid_union") {
    // The shape that was meant: what is wrong inside it says more than that none of them fits.
    const meant = issue.errors.find((branch) => !branch.some(isOtherShape));
    if (meant) {
      return meant.flatMap((inner) =>
        explain({ ...inner, path: [...issue.path, ...inner.path] }, part, base),
      );
    }
  }
  if (node === undefined) {
    const message = `${quote(String(path.at(-1)))} is missing: ${issue.message}`;
    return [{ at: parent?.at ?? part.at, path, message, missing: true }];
  }
  if (issue.code === "invalid_key") {
    return [{ at: entry?.at ?? node.at, path, message: `${quote(String(path.at(-1)))}: ${issue.message}` }];
  }
  // An empty value has no place of its own: its key has.
  const empty = isEmpty(node);
  const at = empty ? (entry?.at ?? node.at) : node.at;
  const what = empty && entry !== undefined ? `${quote(entry.key)} is empty` : shown(node, path);
  return [{ at, path, message: `${what}: ${issue.message}${whose(path, what, issue.message)}` }];
}

function isOtherShape({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value");
}

/** Several values may stand in one line: the key is named if the message does not name it yet. */
function whose(path: readonly PathStep[], what: string, allowed: string): string {
  const key = path.findLast((step) => typeof step === "string");
  if (key === undefined || allowed.startsWith(`${key} `) || what.startsWith(quote(key))) return "";
  return ` (in ${quote(key)})`;
}

/** What of a channel may be repeated in messages: all else may be a secret, or stand where one belongs. */
const harmless = new Set(["host", "port", "security", "user", "from", "to"]);

function shown(node: Located, path: readonly PathStep[]): string {
  const isText = node.tag === "scalar" && node.value !== null && node.value !== "";
  return isText && mayBeSecret(String(node.value), path) ? "this value" : found(node);
}

function mayBeSecret(text: string, path: readonly PathStep[]): boolean {
  // A user name and a password in an address, which is not the place for them.
  if (/:\/\/[^/]*@/.test(text)) return true;
  const key = path.findLast((step) => typeof step === "string");
  if (path[0] === "services") return path.includes("password") || path.includes("token");
  return path[0] === "notify" && path[1] === "channels" && (path.length < 5 || !harmless.has(key ?? ""));
}

/** What stands there, as the beginning of a message. */
export function found(node: Located): string {
  switch (node.tag) {
    case "scalar":
      if (node.value === null) return "nothing stands here";
      return node.value === "" ? 'an empty text ("")' : quote(String(node.value));
    case "list":
      return node.items.length === 0 ? "an empty list" : "this is a list";
    case "map":
      return "this is a map";
  }
}
