import { z } from "zod";
import { durationPattern, durationWords, parseDuration } from "./duration";
import { fillIn } from "./fill-in";
import { nearest } from "./nearest";

/**
 * The values that keys take. Their messages say what is allowed; the value that was found and its
 * line are put in front by `explain`.
 */

/** A duration such as `5m`, read into milliseconds. Both ends of the range are allowed. */
export function duration(from: string, to: string) {
  const [fromMs, toMs] = [parseDuration(from) ?? 0, parseDuration(to) ?? 0];
  return z
    .string({ error: () => durationWords })
    .regex(durationPattern, { error: () => durationWords })
    .transform((text) => parseDuration(text) ?? Number.NaN)
    .refine((ms) => ms >= fromMs && ms <= toMs, { error: () => `must be from ${from} to ${to}` });
}

/** The same, or `off`, which is read as null. */
export function durationOrOff(from: string, to: string) {
  const [fromMs, toMs] = [parseDuration(from) ?? 0, parseDuration(to) ?? 0];
  const error = () => `${durationWords}, or off`;
  return z
    .string({ error })
    .regex(new RegExp(`^off$|${durationPattern.source}`), { error })
    .transform((text) => parseDuration(text))
    .refine((ms) => ms === null || (ms >= fromMs && ms <= toMs), {
      error: () => `must be from ${from} to ${to}, or off`,
    });
}

/** A truth value, also as `on` and `off`. */
export function onOrOff() {
  const error = () => "must be true, false, on or off";
  return z
    .union([z.boolean(), z.enum(["on", "off"])], { error })
    .transform((said) => said === true || said === "on");
}

export function wholeNumber(from: number, to: number) {
  const error = () => `must be a whole number from ${from} to ${to}`;
  return z.number({ error }).int({ error }).min(from, { error }).max(to, { error });
}

export function yesNo() {
  return z.boolean({ error: () => "must be true or false" });
}

export function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  const allowed = values.length === 1 ? values[0] : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
  return z.enum(values, {
    error: ({ input }) => {
      const meant = typeof input === "string" ? nearest(input, values) : null;
      return meant === null ? `must be ${allowed}` : `must be ${allowed}; did you mean \`${meant}\`?`;
    },
  });
}

/**
 * A text; numbers and truth values are taken as they were written, so that `[sleep, 5]` needs no
 * quotes. `isRight` gets the text; texts with a NUL character are never right.
 */
export function words(what: string, isRight: (text: string) => boolean = () => true) {
  return z
    .union([z.string(), z.number(), z.boolean()], { error: () => what })
    .transform(String)
    .refine((text) => !text.includes("\0") && isRight(text), { error: () => what });
}

export function listOf<Item extends z.ZodType>(item: Item, what: string, least = 0) {
  const list = z.array(item, { error: () => what });
  return least === 0 ? list : list.min(least, { error: () => `${what}; it needs at least ${least}` });
}

/** For `refine`: what is wrong with single keys is told first, and alone. */
export const onceSound = {
  when: ({ issues }: { readonly issues: readonly unknown[] }) => issues.length === 0,
};

/**
 * An absolute web address, kept as it was written but for `${NAME}` and `${NAME:-default}`: braces are
 * no part of an address, so that they can name a variable of the environment, such as a port.
 */
export function webAddress(what: string) {
  const error = () =>
    `${what} is a URL that begins with http:// or https://, without a user name or password`;
  return z
    .string({ error })
    .regex(/^https?:\/\//i, { error })
    .transform((text, context) => {
      const filled = fillIn(text, process.env);
      switch (filled.tag) {
        case "ok":
          return filled.text;
        case "unset":
          context.addIssue(`the environment variable ${filled.name} is not set`);
          return z.NEVER;
      }
    })
    .refine(isWebAddress, { error });
}

export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s/]/i.test(text) || /[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.username === "" && url.password === "";
}
