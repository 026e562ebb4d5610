import { z } from "zod";
import type { Exchange, HttpAnswer } from "../exchange";
import { ExchangeError } from "../exchange-error";
import type { AskingLimits } from "./asking-limits";
import { type RpcError, rpcCodes, short, statusFault } from "./rpc-faults";
import type { RpcLogin } from "./rpc-login";

export interface RpcCall {
  readonly method: string;
  readonly params?: readonly unknown[];
}

/** What became of one call: judged by itself, whatever became of the others. */
export type RpcResult =
  | { readonly tag: "result"; readonly value: unknown }
  | { readonly tag: "error"; readonly error: RpcError };

export interface RpcClient {
  /**
   * Asks all in one request, or one by one where the node refuses that. As many results as calls, in order.
   * @throws ExchangeError where no whole answer came, or none to us.
   */
  call(calls: readonly RpcCall[], limits: AskingLimits): Promise<RpcResult[]>;
}

const mostBytes = 4 * 1024 * 1024;

const itemSchema = z.object({
  id: z.union([z.number(), z.string()]).nullish(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number().int(), message: z.string() }).optional(),
});
type Item = z.output<typeof itemSchema>;

/** JSON-RPC 2.0 over HTTP. Answers are bounded, parsed and matched by id; a login is renewed once. */
export function createRpcClient(url: string, exchange: Exchange, login: RpcLogin): RpcClient {
  let takesBatches = true;

  const post = async (body: unknown, limits: AskingLimits, again = true): Promise<HttpAnswer> => {
    const token = await login.token(limits);
    const answer = await exchange.ask({
      url,
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      timeoutMs: limits.leftMs(),
      mostBytes,
      signal: limits.signal,
    });
    const fault = statusFault(answer, url);
    if (fault !== null) throw fault;
    if (answer.status !== 401) return answer;
    if (login.refused(token) && again) return post(body, limits, false);
    throw login.denial();
  };

  const callSingly = async (calls: readonly RpcCall[], limits: AskingLimits) => {
    const results: RpcResult[] = [];
    for (const call of calls) {
      const item = parse(itemSchema, await post(bodyOf(call, 1), limits));
      results.push(resultOf(call, item));
    }
    return results;
  };

  return {
    async call(calls, limits) {
      if (calls.length === 0) return [];
      if (!takesBatches) return callSingly(calls, limits);
      const answer = await post(
        calls.map((call, index) => bodyOf(call, index + 1)),
        limits,
      );
      const items = parse(z.union([z.array(itemSchema), itemSchema]), answer);
      if (Array.isArray(items))
        return calls.map((call, index) => resultOf(call, withId(items, index + 1, call)));
      if (items.error === undefined)
        throw new ExchangeError("nonsense", "one answer came for several questions");
      if (items.error.code === rpcCodes.unauthorized) throw login.denial();
      takesBatches = false;
      return callSingly(calls, limits);
    },
  };
}

function bodyOf({ method, params = [] }: RpcCall, id: number) {
  return { jsonrpc: "2.0", id, method, params };
}

function parse<Schema extends z.ZodType>(schema: Schema, { status, body }: HttpAnswer): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new ExchangeError(
      "nonsense",
      `HTTP ${status}, and the answer is not JSON: ${short(body, 40) || "empty"}`,
    );
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ExchangeError("nonsense", `HTTP ${status}, and the answer is no JSON-RPC: ${short(body, 40)}`);
}

function withId(items: readonly Item[], id: number, { method }: RpcCall): Item {
  const found = items.find((item) => String(item.id) === String(id));
  if (found !== undefined) return found;
  throw new ExchangeError("nonsense", `${method} was not answered beside the others`);
}

function resultOf({ method }: RpcCall, { result, error }: Item): RpcResult {
  if (error !== undefined) return { tag: "error", error };
  // JSON-RPC has null for "nothing there"; a result that is missing is no answer.
  if (result !== undefined) return { tag: "result", value: result };
  throw new ExchangeError("nonsense", `${method} was answered with neither a result nor an error`);
}
