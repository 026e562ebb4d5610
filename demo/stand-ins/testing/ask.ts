import { readFileSync } from "node:fs";

/** What the tests of the stand-ins share. */

// biome-ignore lint/suspicious/noExplicitAny: what is judged here is the shape itself.
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** One question over JSON-RPC. */
export async function ask(
  rpc: string | null,
  method: string,
  params: unknown[] = [],
  headers = {},
): Promise<Answer> {
  const answer = await fetch(rpc ?? "", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** The result of one that goes well. */
export async function resultOf(rpc: string | null, method: string, params: unknown[] = []): Promise<Json> {
  const { body } = await ask(rpc, method, params);
  if (!("result" in body)) throw new Error(`${method}: ${JSON.stringify(body)}`);
  return body.result;
}

export async function heightOf(rpc: string | null): Promise<number> {
  return Number(await resultOf(rpc, "eth_blockNumber"));
}

const fixtures = new URL("../../../lib/probes/besu/fixtures/", import.meta.url);

/** A file of Besu's fixtures: `rpc/eth_syncing`, `derived/log-lines`. */
export function besuFixture(name: string): Json {
  return JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), "utf8"));
}

/**
 * Every key that a value has, however deep, as `a.b[].c: string`: two values of the same shape have the
 * same. Of a list all items speak.
 */
export function shapeOf(value: Json, path = ""): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => shapeOf(item, `${path}[]`)))].sort();
  if (typeof value !== "object" || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value)
    .flatMap(([key, inner]) => shapeOf(inner, path === "" ? key : `${path}.${key}`))
    .sort();
}

/** Waits until something holds; the test's own deadline ends it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}
