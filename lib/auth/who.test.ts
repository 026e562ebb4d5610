import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiToken, session } from "@/db/access-schema";
import { audit } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { createStartKey } from "@/db/write/create-start-key";
import { now } from "../clock";
import { identify } from "./identify";
import { sessionCookie, sessionCookieName } from "./session-cookie";
import { safePath, signIn } from "./sign-in";
import { tokenCommand } from "./token-command";

let store: TestDatabase;

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

const who = (headers: Record<string, string>) => identify(store.database.db, new Headers(headers));
const withCookie = (secret: string) => who({ cookie: `other=1; ${sessionCookieName()}=${secret}` });

describe("the start link", () => {
  test("its key signs this browser in as the local operator, and only hashes are kept", async () => {
    const key = await createStartKey(store.target);
    const secret = await signIn(store.database, key);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(await withCookie(secret ?? "")).toEqual({ tag: "session", name: "local operator" });
    const [kept] = await store.database.db.select().from(session);
    expect(kept?.hash).toBe(
      createHash("sha256")
        .update(secret ?? "")
        .digest("hex"),
    );
  });

  test("the key of an earlier start opens nothing any more, and the try is audited", async () => {
    const old = await createStartKey(store.target);
    await createStartKey(store.target);
    expect(await signIn(store.database, old)).toBeNull();
    const tries = await store.database.db.select().from(audit).where(eq(audit.action, "sign in"));
    expect(tries.at(-1)).toMatchObject({ outcome: "refused", detail: "wrong key" });
  });

  test.each(["", "x", "'; DROP TABLE session; --", "a".repeat(10_000), "\0"])("%j is no key", async (key) => {
    expect(await signIn(store.database, key)).toBeNull();
  });

  test("a session ends after 30 days", async () => {
    const secret = await signIn(store.database, await createStartKey(store.target));
    await store.database.db.update(session).set({ expiresAt: now().at - 1 });
    expect(await withCookie(secret ?? "")).toBeNull();
    expect(sessionCookie("s")).toMatch(/Max-Age=2592000; HttpOnly; SameSite=Lax$/);
  });

  test("leads on only within this site", () => {
    expect(safePath("/services/toys/web?tab=log#end")).toBe("/services/toys/web?tab=log#end");
    for (const path of [
      null,
      "",
      "https://evil.example.net",
      "//evil.example.net",
      "/\\evil.example.net",
      "services",
    ])
      expect(safePath(path)).toBe("/");
    expect(safePath("/\t/evil.example.net")).toBe("/");
  });
});

describe("npm run token", () => {
  async function run(...argv: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const code = await tokenCommand(argv, {
      stdout: { write: (text) => out.push(text) },
      stderr: { write: (text) => err.push(text) },
      database: store.database,
    });
    return { code, out: out.join(""), err: err.join("") };
  }

  test("prints the token alone, and it says who asks", async () => {
    const { code, out, err } = await run("create", "--name", "ci", "--role", "operator");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^sb_[\w-]{43}\n$/);
    expect(await who({ authorization: `Bearer ${out.trim()}` })).toEqual({
      tag: "token",
      name: "ci",
      role: "operator",
    });
    const kept = await store.database.db.select().from(apiToken);
    expect(JSON.stringify(kept)).not.toContain(out.trim());
  });

  test("a name in use is refused, and free again once revoked", async () => {
    await run("create", "--name", "twice", "--role", "viewer");
    expect(await run("create", "--name", "twice", "--role", "admin")).toMatchObject({ code: 1, out: "" });
    expect((await run("revoke", "twice")).code).toBe(0);
    expect((await run("create", "--name", "twice", "--role", "admin")).code).toBe(0);
  });

  test("a revoked token opens nothing", async () => {
    const token = (await run("create", "--name", "gone", "--role", "viewer")).out.trim();
    const [row] = await store.database.db.select().from(apiToken).where(eq(apiToken.name, "gone"));
    expect((await run("revoke", row?.id ?? "")).code).toBe(0);
    expect(await who({ authorization: `Bearer ${token}` })).toBeNull();
    expect((await run("revoke", "gone")).code).toBe(1);
  });

  test("list names what is in use and shows no secret", async () => {
    const token = (await run("create", "--name", "listed", "--role", "viewer")).out.trim();
    const { out } = await run("list");
    expect(out).toMatch(/^listed\tviewer\t\d{4}-/m);
    expect(out).not.toContain(token);
  });

  test.each([
    [],
    ["make"],
    ["create"],
    ["create", "--name", "x"],
    ["create", "--name", "x", "--role", "root"],
    ["create", "--name", "", "--role", "viewer"],
    ["create", "--name", "a\nb", "--role", "viewer"],
    ["create", "--name", "Local Operator", "--role", "viewer"],
    ["create", "--name", "x", "--role", "viewer", "more"],
    ["create", "--nam", "x"],
    ["list", "all"],
    ["list", "--role", "viewer"],
    ["revoke"],
  ])("wrong usage ends with 2 and says how: %j", async (...argv) => {
    expect(await run(...argv)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("Usage:") });
  });
});

describe("strangers", () => {
  test("have neither cookie nor token, or wrong ones", async () => {
    expect(await who({})).toBeNull();
    expect(await withCookie("a".repeat(43))).toBeNull();
    for (const token of ["", "sb_", `sb_${"a".repeat(43)}`, "'--", "a".repeat(10_000)])
      expect(await who({ authorization: `Bearer ${token}` })).toBeNull();
  });

  test("a wrong token is not made good by a cookie", async () => {
    const secret = await signIn(store.database, await createStartKey(store.target));
    const cookie = `${sessionCookieName()}=${secret}`;
    expect(await who({ cookie })).not.toBeNull();
    expect(await who({ cookie, authorization: "Bearer wrong" })).toBeNull();
  });
});
