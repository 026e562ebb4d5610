import type { Health } from "../wire/service";
import { askHttp, type HttpQuestion } from "./ask-http";
import { createExchange } from "./exchange";

/**
 * The health check of a process on this machine. An answer that is not good is failing, with the reason in
 * words, and so is none within `timeoutMs`. It never throws, but for the reason of an aborted `signal`, and
 * keeps no connection, on which a process that shuts down gracefully would wait.
 */
export function httpProbe(question: HttpQuestion): (signal: AbortSignal) => Promise<Health> {
  return async (signal) => {
    const exchange = createExchange({});
    try {
      const asked = await askHttp(question, exchange, signal);
      switch (asked.tag) {
        case "failed":
          return { status: "failing", detail: asked.why };
        case "answered": {
          const { isGood, says, warning } = asked.answer;
          const detail = warning === null ? says : `${says}; ${warning}`;
          return { status: isGood ? "ok" : "failing", detail };
        }
      }
    } finally {
      exchange.close();
    }
  };
}
