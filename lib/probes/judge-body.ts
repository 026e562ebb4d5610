import type { HealthConfig } from "../config/fleet";
import type { HttpAnswer } from "./exchange";

type BodyVerdict =
  | { readonly tag: "judged"; readonly isGood: boolean; readonly says: readonly string[] }
  | { readonly tag: "nonsense"; readonly why: string };

/** Whether a body holds the text, and its JSON the field, that a good answer holds. */
export function judgeBody(
  { body, isCut = false }: HttpAnswer,
  { text, json }: Pick<HealthConfig, "text" | "json">,
): BodyVerdict {
  const says: string[] = [];
  if (text !== null && !body.includes(text)) {
    const where = isCut ? "the first 64 kB of the answer do" : "the answer does";
    return bad(`${where} not hold "${text}"`);
  }
  if (json !== null) {
    const value = fieldOf(body, json.field);
    const field = json.field.join(".");
    switch (value.tag) {
      case "no-json":
        return { tag: "nonsense", why: "and the answer is not JSON" };
      case "missing":
        return bad(`the answer has no field ${field}`);
      case "no-value":
        return bad(`${field} is ${value.what}, not ${json.is}`);
      case "value":
        if (value.text !== json.is) return bad(`${field} is ${short(value.text)}, not ${json.is}`);
        says.push(`${field} is ${short(value.text)}`);
    }
  }
  return { tag: "judged", isGood: true, says };
}

function bad(why: string): BodyVerdict {
  return { tag: "judged", isGood: false, says: [why] };
}

type Field =
  | { readonly tag: "value"; readonly text: string }
  | { readonly tag: "no-value"; readonly what: string }
  | { readonly tag: "missing" }
  | { readonly tag: "no-json" };

function fieldOf(body: string, path: readonly string[]): Field {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { tag: "no-json" };
  }
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return { tag: "missing" };
    value = (value as Record<string, unknown>)[key];
  }
  if (typeof value === "object" && value !== null) {
    return { tag: "no-value", what: Array.isArray(value) ? "a list" : "an object" };
  }
  return { tag: "value", text: String(value) };
}

/** An application's own words, for one line of ours. */
function short(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
