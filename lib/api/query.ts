import { z } from "zod";
import { fromRfc3339 } from "../clock";
import { ProblemError } from "./problem";

const largestLimit = 1000;
/** How many rows a page has where nobody says. */
export const defaultLimit = 100;

/** A text that a database column can hold. */
export function plainText(longest: number) {
  return z
    .string()
    .max(longest)
    .refine((text) => text.isWellFormed() && !text.includes("\0"), "must be well-formed text without NUL");
}

/** One text or several: what is wrong with one of them is said of it, which a union would swallow. */
const oneValue = (text: z.ZodType<string>) =>
  z.preprocess((given) => (typeof given === "string" ? [given] : given), z.array(text));

/** A filter that may be given several times: any of its values fits. */
export const anyOf = oneValue(plainText(300)).optional();

/** The same for a closed set of words. */
export function anyOfWords(words: readonly string[]) {
  const word = z
    .string()
    .refine((text) => words.includes(text), `is one of: ${words.join(", ")}`)
    .meta({ enum: [...words] });
  return oneValue(word).optional();
}

/** A whole number without sign, blanks or leading zeros. */
export function wholeNumber(least: number, most: number) {
  const said = `must be a whole number from ${least} to ${most}`;
  return z
    .string(said)
    .regex(/^(?:0|[1-9]\d{0,15})$/, said)
    .meta({ type: "integer", minimum: least, maximum: most })
    .transform(Number)
    .refine((value) => value >= least && value <= most, said);
}

/** `true` or `false`; false where nobody says. */
export const yesOrNo = z
  .enum(["true", "false"])
  .default("false")
  .transform((said) => said === "true");

export const givenLimit = wholeNumber(1, largestLimit).optional();
export const limit = wholeNumber(1, largestLimit).default(defaultLimit);
export const cursor = z.string().max(1000).optional();

/** An RFC 3339 instant, as microseconds. */
export const instant = z
  .string()
  .max(64)
  .meta({ format: "date-time" })
  .transform((text, context) => {
    const at = fromRfc3339(text);
    if (at !== null) return at;
    context.addIssue("must be an RFC 3339 instant such as 2026-11-23T08:00:00Z");
    return z.NEVER;
  })
  .optional();

/**
 * Reads an address's query. A name that is given twice where one value belongs, or that nobody knows,
 * is refused: a filter that was mistyped must not silently show everything.
 * @throws ProblemError `malformed`, naming each wrong parameter.
 */
export function readQuery<S extends z.ZodType>(url: URL, schema: S): z.output<S> {
  const names = [...new Set(url.searchParams.keys())];
  const values = names.map((name) => [name, url.searchParams.getAll(name)] as const);
  const given = values.map(([name, texts]) => [name, texts.length === 1 ? texts[0] : texts] as const);
  const read = schema.safeParse(Object.fromEntries(given));
  if (read.success) return read.data;
  throw new ProblemError("malformed", sayIssues(read.error));
}

/** What is wrong with a value and where, without repeating the value. */
export function sayIssues(error: z.ZodError): string {
  const said = error.issues.map((issue) => {
    // Where among several values of one name says nothing to whoever wrote the address.
    const where = issue.path.filter((key) => typeof key !== "number").join(".");
    return where === "" ? issue.message : `${where}: ${issue.message}`;
  });
  return `${[...new Set(said)].join("; ").slice(0, 500)}.`;
}
