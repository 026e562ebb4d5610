import type { Sql } from "@/db/open";
import { readHowBusy } from "@/db/read/how-busy";
import { readKnownHistories } from "@/db/read/known-history";
import { atOneMoment, chooseServices, observeService, type ServiceChoice } from "@/db/read/observed-services";
import { readThinnedUntil } from "@/db/read/thinned-until";
import { sumStates } from "@/db/read/time-in-state";
import { now, toRfc3339 } from "../clock";
import type { MsSpan } from "../insight/spans";
import { timeInState } from "../insight/time-in-state";
import type { TimeInState } from "../wire/insight";

/** Up to so many moves a span is read from history itself, which tells the longest stay as well. */
const mostMovesRead = 1_000;

/** How long one service was in each state. */
export async function timeInStateOf(sql: Sql, serviceId: number, span: MsSpan): Promise<TimeInState> {
  const { at } = now();
  return atOneMoment(sql, async (tx) => {
    const service = await observeService(tx, serviceId, at);
    const busy = (await readHowBusy(tx, [serviceId], span)).get(serviceId) ?? 0;
    const isThinned = span.from < (await readThinnedUntil(tx));
    const history =
      isThinned || busy > mostMovesRead
        ? null
        : (await readKnownHistories(tx, [service], span)).get(serviceId);
    if (!history) return view(span, 1, await sumStates(tx, [service], span, at / 1000));
    const { states } = timeInState(history, span);
    return view(
      span,
      1,
      [...states].map(([state, time]) => ({ state, ...time })),
    );
  });
}

/** How long all services that fit were in each state, together. */
export async function timeInStateOfMany(sql: Sql, choice: ServiceChoice, span: MsSpan): Promise<TimeInState> {
  const { at } = now();
  return atOneMoment(sql, async (tx) => {
    const services = await chooseServices(tx, choice, at);
    return view(span, services.length, await sumStates(tx, services, span, at / 1000));
  });
}

type StateRow = { readonly state: string } & TimeInState["states"][string];

function view(span: MsSpan, services: number, rows: readonly StateRow[]): TimeInState {
  const seen = rows.reduce((sum, { ms }) => sum + ms, 0);
  return {
    from: toRfc3339(span.from * 1000),
    to: toRfc3339(span.to * 1000),
    services,
    states: Object.fromEntries(rows.map(({ state, ...time }) => [state, time])),
    notObservedMs: (span.to - span.from) * services - seen,
  };
}
