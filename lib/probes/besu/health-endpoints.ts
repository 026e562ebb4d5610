import { z } from "zod";
import type { Exchange } from "../exchange";
import { ExchangeError } from "../exchange-error";
import type { AskingLimits } from "./asking-limits";
import { known, type Said, unknown } from "./besu-answer";
import { statusFault } from "./rpc-faults";
import { jsonOrNull } from "./rpc-login";

const statusSchema = z.object({ status: z.enum(["UP", "DOWN"]) });

/** Its own word, for as many peers and blocks behind: 200 UP or 503 DOWN. No sync counts as in sync there. */
export function askReadiness(
  rpc: string,
  { minPeers, maxBehind }: { readonly minPeers: number; readonly maxBehind: number },
  exchange: Exchange,
  limits: AskingLimits,
): Promise<Said<boolean>> {
  const url = new URL(`/readiness?minPeers=${minPeers}&maxBlocksBehind=${maxBehind}`, rpc);
  return askUpOrDown(url.href, exchange, limits);
}

/** Whether its HTTP server answers at all, to whomever it allows as a host. */
export function askLiveness(rpc: string, exchange: Exchange, limits: AskingLimits): Promise<Said<boolean>> {
  return askUpOrDown(new URL("/liveness", rpc).href, exchange, limits);
}

/** An answer that is none is not known; only an aborted signal rejects. */
async function askUpOrDown(
  url: string,
  exchange: Exchange,
  { signal, leftMs }: AskingLimits,
): Promise<Said<boolean>> {
  try {
    const answer = await exchange.ask({ url, timeoutMs: leftMs(), signal });
    const said = statusSchema.safeParse(jsonOrNull(answer.body));
    const isExpected = answer.status === 200 || answer.status === 503;
    if (isExpected && said.success) return known(answer.status === 200 && said.data.status === "UP");
    const fault = isExpected ? null : statusFault(answer, url);
    const { pathname } = new URL(url);
    return unknown(
      `${pathname}: ${fault?.message ?? `HTTP ${answer.status} without UP or DOWN`}`,
      fault?.mend ?? null,
    );
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    return unknown(`${new URL(url).pathname}: ${error.message}`, error.mend ?? null);
  }
}
