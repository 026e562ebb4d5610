import type { HttpAnswer } from "../exchange";
import { ExchangeError } from "../exchange-error";
import { type Said, unknown } from "./besu-answer";

/** Besu's refusals in words, each with the option that mends it. */

/** Error codes of Besu's JSON-RPC (RpcErrorType in its source). */
export const rpcCodes = {
  methodNotFound: -32601,
  methodNotEnabled: -32604,
  unauthorized: -40100,
  p2p: -32000,
  internal: -32603,
} as const;

export interface RpcError {
  readonly code: number;
  readonly message: string;
}

/** Why one method is not to be had; what the others say still counts. */
export function errorInWords(method: string, { code, message }: RpcError): Said<never> {
  const api = method.slice(0, method.indexOf("_")).toUpperCase();
  switch (code) {
    case rpcCodes.methodNotEnabled:
      return unknown(`${method} is not enabled`, enableApi(api));
    case rpcCodes.methodNotFound:
      return unknown(`${method} is not known to this node`);
    case rpcCodes.unauthorized:
      return unknown(
        `${method} is not allowed to this login`,
        `Give it the permission ${api.toLowerCase()}:* in the file of --rpc-http-authentication-credentials-file.`,
      );
    case rpcCodes.p2p:
      return unknown(short(message), "Start Besu with --p2p-enabled=true.");
    default:
      return unknown(`${method}: ${short(message)} (${code})`);
  }
}

function enableApi(api: string): string {
  const usual = ["ETH", "NET", "ADMIN", "QBFT"];
  const apis = api === "IBFT" ? ["ETH", "NET", "ADMIN", api] : [...new Set([...usual, api])];
  return `Start Besu with ${api} in --rpc-http-api: --rpc-http-api=${apis.join(",")}.`;
}

/** An answer that is no JSON-RPC; null: it may be one. */
export function statusFault({ status, headers }: HttpAnswer, url: string): ExchangeError | null {
  const { hostname } = new URL(url);
  if (status === 403) {
    return new ExchangeError(
      "denied",
      `it does not allow the host ${hostname} (HTTP 403, Host not authorized)`,
      {
        mend: `Start Besu with ${hostname} in --host-allowlist.`,
      },
    );
  }
  if (status >= 300 && status < 400) {
    const isTold = headers.location !== undefined;
    return new ExchangeError(
      "nonsense",
      `HTTP ${status}${isTold ? ", a redirect, which is not followed" : ""}`,
    );
  }
  if (status === 404 || status === 405) {
    return new ExchangeError("nonsense", `HTTP ${status}: no JSON-RPC is served at this address`, {
      mend: "Set besu.rpc to the address of --rpc-http-host and --rpc-http-port, such as http://127.0.0.1:8545.",
    });
  }
  if (status === 200 || status === 400 || status === 401) return null;
  return new ExchangeError("nonsense", `HTTP ${status} instead of an answer`);
}

/** At most so much of another's text. */
export function short(text: string, most = 80): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}
