import { z } from "zod";
import { formats, writeFamilies } from "../../metrics/exposition";
import { readFamilies } from "../../metrics/read-families";
import { chooseType } from "../accept";
import { ProblemError } from "../problem";
import { endpoint } from "../route";

/** `GET /metrics`: Prometheus' text format 0.0.4, OpenMetrics where `Accept` prefers it. */
export const metrics = endpoint({
  params: z.unknown(),
  query: z.strictObject({}),
  handle: async ({ request, database }) => {
    const format = chooseType(request.headers.get("accept"), formats);
    if (format === null)
      throw new ProblemError("not-acceptable", `Metrics are told as ${formats.join(", ")}.`);
    return exposition(await writeFamilies(await readFamilies(database), format));
  },
});

export function exposition({ type, text }: { readonly type: string; readonly text: string }): Response {
  return new Response(text, { headers: { "content-type": type, "cache-control": "no-store" } });
}
