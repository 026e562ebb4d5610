import { type Exchange, ExchangeError } from "../../exchange";

/** HTTP by Node's own fetch: what the probe needs of an exchange, for loopback. */
export function tinyExchange(): Exchange {
  return {
    async ask({ url, timeoutMs, mostBytes = 65_536, signal }) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const response = await fetch(url, {
          signal: AbortSignal.any([signal, timeout]),
          redirect: "manual",
        });
        const body = await response.text();
        if (body.length > mostBytes) throw new ExchangeError("nonsense", "the answer is too large");
        const headers = Object.fromEntries(response.headers);
        return { status: response.status, headers, body, certificateEnds: null };
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ExchangeError) throw error;
        if (timeout.aborted) throw new ExchangeError("silent", `no answer within ${timeoutMs} ms`);
        throw new ExchangeError("refused", "connection refused");
      }
    },
    close: () => undefined,
  };
}
