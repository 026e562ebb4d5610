import { readdirSync, readFileSync } from "node:fs";

/** A file of ../fixtures: an example of the documentation, or spelled out from Besu's source (`_source`). */
export interface Fixture {
  readonly httpStatus?: number;
  readonly body?: string;
  readonly response?: { readonly result?: unknown; readonly error?: { code: number; message: string } };
}

const folder = new URL("../fixtures/", import.meta.url);

export function fixture(name: string): Fixture {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
}

/** The names of all of them, such as rpc/eth_syncing. */
export function fixtureNames(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length).replaceAll("\\", "/"))
    .sort();
}
