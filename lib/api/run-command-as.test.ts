import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { formatTarget, targetVariable } from "@/db/open";
import { host } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { addHost, addService } from "@/db/test-fleet";
import { createStartKey } from "@/db/write/create-start-key";
import { sessionCookieName } from "../auth/session-cookie";
import { signIn } from "../auth/sign-in";
import { now } from "../clock";
import { runCommandAs } from "./run-command-as";

let store: TestDatabase;
let cookie: string;
const ours = { host: "127.0.0.1:4600", origin: "http://127.0.0.1:4600" };

beforeAll(async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  store = await openTestDatabase();
  process.env[targetVariable] = formatTarget(store.target);
  cookie = `${sessionCookieName()}=${await signIn(store.database, await createStartKey(store.target))}`;
  await addHost(store.database, "toys");
  await addService(store.database, "toys", "echo", { seq: 3 });
});
afterAll(() => store.close());

const run = async (input: unknown, headers: Record<string, string> = { ...ours, cookie }) => {
  await store.database.db.update(host).set({ observedUntil: now().at });
  return runCommandAs(new Headers(headers), input);
};
const stop = { service: "toys/echo", event: "stop", expectedSeq: 3 };

describe("a server action's refusals are answers", () => {
  test.each<[string, unknown, Record<string, string> | undefined]>([
    ["foreign-origin", stop, { host: ours.host, origin: "http://evil.example.net", cookie: "own" }],
    ["foreign-origin", stop, { host: ours.host, cookie: "own" }],
    ["unauthenticated", stop, ours],
    ["unauthenticated", stop, { ...ours, cookie: `${sessionCookieName()}=${"a".repeat(43)}` }],
    ["not-found", { ...stop, service: "toys/nobody" }, undefined],
    ["not-found", { ...stop, service: "../../etc/passwd" }, undefined],
    ["not-found", { ...stop, service: ["toys/echo"] }, undefined],
    ["not-found", null, undefined],
    ["not-found", "x", undefined],
    ["invalid", { ...stop, event: "explode" }, undefined],
    ["invalid", { ...stop, expectedSeq: -1 }, undefined],
    ["stale", { ...stop, expectedSeq: 2 }, undefined],
    ["not-allowed-in-state", { ...stop, event: "reset" }, undefined],
  ])("%s (%#)", async (code, input, headers) => {
    const given = headers && { ...headers, ...(headers.cookie === "own" ? { cookie } : {}) };
    expect(await run(input, given)).toEqual({ tag: "refused", code, reason: expect.any(String) });
  });
});

test("a legal command is accepted in the local operator's name", async () => {
  expect(await run(stop)).toMatchObject({
    tag: "accepted",
    command: { event: "stop", actor: "local operator" },
  });
  expect(await run(stop)).toMatchObject({ tag: "refused", code: "busy" });
});
