import type { HealthConfig } from "../config/fleet";
import { askHttp, type HttpFinding } from "./ask-http";
import type { ApplicationRules, Probe } from "./contract";
import type { Exchange } from "./exchange";
import { type HttpMemory, httpRules } from "./http-rules";

/** The health check of a service whose state is its process's alone. */
export interface HttpHealth {
  readonly probe: Probe<HttpFinding>;
  readonly rules: ApplicationRules<HttpMemory, HttpFinding>;
}

/** @param exchange of this check alone: closed with the probe. */
export function createHttpHealth(config: HealthConfig, exchange: Exchange): HttpHealth {
  return {
    probe: {
      ask: (signal) => askHttp(config, exchange, signal),
      close: () => exchange.close(),
    },
    rules: httpRules(config),
  };
}
