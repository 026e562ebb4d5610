import { z } from "zod";
import type { TransitionFilter } from "@/db/read/transitions";
import { kinds, machineOfKind } from "../machine/kinds/machine-of-kind";
import { causeKinds } from "../machine/observation";
import { decodeCursor } from "./cursor";
import { anyOf, anyOfWords, cursor, givenLimit, instant, plainText } from "./query";

/** Every state that some machine has, in the machines' order. */
export const everyState: readonly string[] = [
  ...new Set(kinds.flatMap((kind) => machineOfKind(kind)?.states.map(({ name }) => name) ?? [])),
];

/** What the history of the whole fleet can be asked for. `q` is a text in `host/name`. */
export const transitionQuery = z.strictObject({
  from: instant,
  to: instant,
  state: anyOfWords(everyState),
  kind: anyOfWords(kinds),
  cause: anyOfWords(causeKinds),
  actor: anyOf,
  host: anyOf,
  service: anyOf,
  q: plainText(200).optional(),
  format: z.enum(["json", "csv", "jsonl"]).optional(),
  limit: givenLimit,
  cursor,
});

/** @throws ProblemError `malformed` for a cursor that is none of ours. */
export function filterOf(query: z.output<typeof transitionQuery>): TransitionFilter {
  const [at, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["bigint", "bigint"]);
  return {
    states: query.state,
    kinds: query.kind,
    causes: query.cause,
    actors: query.actor,
    hosts: query.host,
    services: query.service,
    text: query.q,
    from: query.from,
    to: query.to,
    after: at === undefined || id === undefined ? undefined : { at, id },
  };
}
