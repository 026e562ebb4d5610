import type { Problem } from "@/lib/wire/service";

/** What the server answered that is not what was asked for; the message is for people. */
export class RequestProblem extends Error {
  override readonly name = "RequestProblem";
}

/** One page of a list of the API. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/**
 * Reads JSON from our own API.
 * @throws RequestProblem with the server's own words, or with what the network did.
 */
export async function readJson<Answer>(url: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(url, { signal, headers: { accept: "application/json" } });
  if (response.ok) return (await response.json()) as Answer;
  throw new RequestProblem(await sayProblem(response));
}

/**
 * Posts JSON to our own API and reads what it answers; `null` for an answer without JSON.
 * @throws RequestProblem with the server's own words, also where nothing answered.
 */
export async function postJson(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new RequestProblem("The request was not answered. Whether it arrived is not known.");
  });
  if (!response.ok) throw new RequestProblem(await sayProblem(response));
  return response.headers.get("content-type")?.includes("json") ? response.json() : null;
}

/** The address of one page of a list. @param asked the filter, as parameters. */
export function pageAddress(path: string, asked: string, limit: number, cursor: string | null): string {
  const address = new URLSearchParams(asked);
  address.set("limit", String(limit));
  if (cursor !== null) address.set("cursor", cursor);
  return `${path}?${address}`;
}

async function sayProblem(response: Response): Promise<string> {
  if (!response.headers.get("content-type")?.includes("json"))
    return `The server answered ${response.status}.`;
  const { detail, title } = (await response.json()) as Partial<Problem>;
  return detail ?? title ?? `The server answered ${response.status}.`;
}
