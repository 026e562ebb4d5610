import type { Asked, Probe } from "../contract";
import { type Exchange, ExchangeError, type HttpAnswer } from "../exchange";
import { addressOf } from "./addresses";
import type { TunnelAnswer, TunnelDetails } from "./answer";
import { readDetails } from "./read-details";
import { readReady } from "./read-ready";

/** Of one answer; cloudflared's own readiness is under a hundred bytes. */
const mostBytes = 65_536;
/** After so many askings what only says more is asked for again, changed or not. */
const detailsEvery = 15;

interface TunnelProbeOptions {
  /** Where cloudflared serves /ready and /metrics. */
  readonly metrics: string;
  readonly timeoutMs: number;
}

/** What one run of cloudflared has told. */
interface Known {
  readonly connectorId: string | null;
  readonly ready: number;
  readonly details: TunnelDetails;
}

/**
 * Asks cloudflared's metrics server. Each asking is `GET /ready` and ends within `timeoutMs`; in what
 * is left of it, when the number of connections has changed and now and then, it asks for what says
 * more (`readDetails`). That never makes an asking fail: what is not told is null.
 */
export function createTunnelProbe(
  { metrics, timeoutMs }: TunnelProbeOptions,
  exchange: Exchange,
): Probe<TunnelAnswer> {
  let known: Known | null = null;
  let asksSince = 0;

  async function ask(signal: AbortSignal): Promise<Asked<TunnelAnswer>> {
    const endsAt = performance.now() + timeoutMs;
    const get = async (path: string, most = mostBytes): Promise<HttpAnswer> => {
      const leftMs = Math.ceil(endsAt - performance.now());
      if (leftMs < 1) throw new ExchangeError("silent", "no time is left");
      return exchange.ask({ url: addressOf(metrics, path), timeoutMs: leftMs, mostBytes: most, signal });
    };
    const asked = await askReady(() => get("ready"), signal);
    if (asked.tag === "failed") return asked;
    const { ready, connectorId } = asked.answer;
    const before = known !== null && known.connectorId === connectorId ? known : null;
    const hasChanged = before?.ready !== ready;
    asksSince += 1;
    if (hasChanged || asksSince >= detailsEvery) {
      asksSince = 0;
      const wish = { before: before?.details ?? null, ready, hasChanged, signal };
      known = { connectorId, ready, details: await readDetails(get, wish) };
    }
    return { tag: "answered", answer: { ...asked.answer, details: known?.details ?? null } };
  }

  return { ask, close: () => exchange.close() };
}

async function askReady(get: () => Promise<HttpAnswer>, signal: AbortSignal) {
  try {
    return readReady(await get());
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ExchangeError)) throw error;
    const { failure, message: why, mend = mendsOf[failure] } = error;
    return { tag: "failed", failure, why, ...(mend === undefined ? {} : { mend }) } as const;
  }
}

const mendsOf: Readonly<Partial<Record<ExchangeError["failure"], string>>> = {
  refused:
    "Give cloudflared a fixed address with --metrics, such as 127.0.0.1:20241, and name it in cloudflared.metrics; from: host asks from the host itself.",
  unreachable:
    "cloudflared listens on its own host only unless --metrics says otherwise; from: host asks from the host itself.",
};
