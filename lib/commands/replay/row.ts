import { toRfc3339 } from "../../clock";
import type { Move } from "../../machine/observation";
import type { Health } from "../../wire/service";

/** One line of `npm run replay`. `health`: what the application said of itself with the move. */
export function rowOf(service: string, move: Move, health?: Health): string {
  const { from, to, event, declared, inferred, cause } = move;
  const row = { service, from, to, event, at: toRfc3339(move.at), cause, declared, inferred };
  return `${JSON.stringify(health === undefined ? row : { ...row, health })}\n`;
}
