import type { Database } from "@/db/open";
import { readThrashMoves } from "@/db/read/alert-desk";
import { readFleetAlerts } from "@/db/read/alerts";
import { readGaps } from "@/db/read/contact";
import type { ServiceRecord } from "@/db/read/services";
import { countMoves, readStartLimit } from "@/db/read/thrash-buckets";
import { toRfc3339 } from "../clock";
import { defaultAlerts } from "../config/alert-keys";
import type { MsSpan } from "../insight/spans";
import { bucketsOf } from "../insight/thrash/buckets";
import { flapThresholds } from "../insight/thrash/flap-score";
import { judgeThrash } from "../insight/thrash/judge";
import { slowLoop } from "../insight/thrash/loops";
import { recordOf } from "../insight/thrash/record";
import type { Thrash } from "../wire/insight";
import { ProblemError } from "./problem";

const mostBuckets = 2_000;
const usualBuckets = 200;
const gapsRead = 1_000;
/** Lengths that fit clocks and calendars; where nobody says, the first that gives few enough bars. */
const usualLengthsMs = [1, 5, 15, 60, 360, 1_440, 7 * 1_440, 28 * 1_440].map((minutes) => minutes * 60_000);

/**
 * How a service thrashed in a span, and whether it did at the end of it.
 * @param bucketMs null: a length that suits the span.
 * @throws ProblemError `malformed` for buckets of which the span would hold too many.
 */
export async function thrashOf(
  { db, sql }: Pick<Database, "db" | "sql">,
  { service, host }: ServiceRecord,
  span: MsSpan,
  bucketMs: number | null,
): Promise<Thrash> {
  const length = bucketMs ?? usualLength(span);
  if ((span.to - span.from) / length > mostBuckets)
    throw new ProblemError(
      "malformed",
      `bucket: the span holds more than ${mostBuckets} of these; take longer ones.`,
    );
  const limits = service.settings.thrash ?? (await readFleetAlerts(db))?.thrash ?? defaultAlerts.thrash;
  const at = span.to * 1000 + 999;
  const [counted, startLimit, moves, gaps] = await Promise.all([
    countMoves(sql, service.id, { ...span, bucketMs: length }),
    readStartLimit(sql, service.id, span),
    readThrashMoves(sql, [service.id], at),
    readGaps({ db }, host.id, gapsRead),
  ]);
  const verdict = judgeThrash(recordOf(moves.get(service.id) ?? []), at, limits, gaps);
  const buckets = bucketsOf({ from: span.from * 1000, to: span.to * 1000, bucketUs: length * 1000 }, counted);
  const { errors, withinMs } = slowLoop;
  return {
    score: verdict.score,
    level: verdict.level,
    since: verdict.since === null ? null : toRfc3339(verdict.since),
    why: verdict.why,
    startLimit: startLimit === null ? null : toRfc3339(startLimit),
    buckets: buckets.map((bucket) => ({ ...bucket, at: toRfc3339(bucket.at) })),
    bucketMs: length,
    thresholds: { crashLoop: limits, slowLoop: { errors, withinMs }, flapping: flapThresholds },
  };
}

function usualLength({ from, to }: MsSpan): number {
  const fitting = usualLengthsMs.find((length) => (to - from) / length <= usualBuckets);
  return fitting ?? Math.ceil((to - from) / usualBuckets);
}
