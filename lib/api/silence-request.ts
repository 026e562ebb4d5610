import { z } from "zod";
import { splitServiceId } from "../config/names";
import { nearest } from "../config/nearest";
import { rules } from "../insight/rules/table";
import { silenceKinds } from "../wire/alert";
import { instant, plainText } from "./query";

const longestWhy = 500;
const longestUs = 366 * 24 * 3_600_000_000;

const words = plainText(300).refine((text) => text !== "", "must not be empty");

const rule = words.superRefine((id, context) => {
  const known = rules.map((one) => one.id);
  if (known.includes(id)) return;
  const meant = nearest(id, known);
  context.addIssue(`is one of: ${known.join(", ")}${meant === null ? "" : `; did you mean ${meant}?`}`);
});

const matcher = z
  .strictObject({
    rule: rule.optional(),
    host: words.optional(),
    service: words.refine((id) => splitServiceId(id) !== null, "is host/name").optional(),
    group: words.optional(),
    tag: words.optional(),
    kind: words.optional(),
  })
  .refine(
    (given) => Object.values(given).some((value) => value !== undefined),
    "gives at least one of rule, host, service, group, tag and kind",
  );

/** What a silence or a maintenance is asked with. @param at now, in µs. */
export function silenceRequest(at: number) {
  return z
    .strictObject({
      kind: z.enum(silenceKinds, `is one of: ${silenceKinds.join(", ")}`),
      matcher,
      why: plainText(longestWhy)
        .transform((text) => text.trim())
        .refine((text) => text !== "", "says why"),
      startsAt: instant,
      endsAt: instant,
      forMs: z.int().min(1).optional(),
    })
    .transform(({ forMs, startsAt, endsAt, ...rest }, context) => {
      const starts = startsAt ?? at;
      const ends = endsAt ?? (forMs === undefined ? undefined : starts + forMs * 1000);
      const problem = problemOf(at, starts, ends, endsAt !== undefined && forMs !== undefined);
      if (ends !== undefined && problem === null) return { ...rest, startsAt: starts, endsAt: ends };
      context.addIssue({
        code: "custom",
        path: problem?.path ?? ["endsAt"],
        message: problem?.message ?? "is missing",
      });
      return z.NEVER;
    });
}

function problemOf(at: number, starts: number, ends: number | undefined, isTwice: boolean) {
  const wrong = (key: string, message: string) => ({ path: [key], message });
  if (isTwice) return wrong("forMs", "endsAt and forMs say the same: give one of them");
  if (ends === undefined) return wrong("endsAt", "is missing: give endsAt, or forMs");
  if (ends <= starts) return wrong("endsAt", "it ends before it begins");
  if (ends <= at) return wrong("endsAt", "it is over already");
  if (ends - starts > longestUs) return wrong("endsAt", "it lasts longer than a year");
  return null;
}
