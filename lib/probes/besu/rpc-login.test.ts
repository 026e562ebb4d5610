import { afterEach, beforeEach, expect, test } from "vitest";
import type { BesuAuth } from "../../config/fleet";
import { askBesu, besuWith } from "./testing/ask-besu";
import { healthyMethods, healthyPaths } from "./testing/healthy-node";
import { type BesuServer, type HttpReply, serveBesu } from "./testing/serve-besu";

const password = "correct horse";
const login: BesuAuth = { tag: "login", user: "watcher", password: { tag: "text", text: password } };
const token = (text: string): BesuAuth => ({ tag: "token", token: { tag: "text", text } });
const unauthorized: HttpReply = {
  status: 401,
  body: JSON.stringify({ jsonrpc: "2.0", id: null, error: { code: -40100, message: "Unauthorized" } }),
};

/** The tokens that the node takes; each login gives the next one. */
let good: Set<string>;
let logins: string[];
let server: BesuServer;

beforeEach(async () => {
  good = new Set();
  logins = [];
  server = await serveBesu(healthyMethods());
  server.paths = {
    ...healthyPaths(),
    "/login": (_, body) => {
      logins.push(body);
      const said = JSON.parse(body);
      if (said.username !== "watcher" || said.password !== password) return { status: 401, body: "" };
      const next = `token-${logins.length}`;
      good.add(next);
      return { status: 200, body: JSON.stringify({ token: next }) };
    },
  };
  server.instead = ({ headers }) =>
    good.has(headers.authorization?.replace("Bearer ", "") ?? "") ? null : unauthorized;
});
afterEach(() => server.close());

test("user and password log in once, and the token is kept", async () => {
  const { probe } = besuWith({ rpc: server.url, auth: login });
  for (let asking = 0; asking < 3; asking++) {
    expect(await probe.ask(AbortSignal.timeout(30_000))).toMatchObject({ tag: "answered" });
  }
  probe.close();
  expect(logins).toEqual([JSON.stringify({ username: "watcher", password })]);
});

test("a token that has expired is renewed by a login, once", async () => {
  const { probe } = besuWith({ rpc: server.url, auth: login });
  await probe.ask(AbortSignal.timeout(30_000));
  good.clear();
  expect(await probe.ask(AbortSignal.timeout(30_000))).toMatchObject({ tag: "answered" });
  expect(logins).toHaveLength(2);

  server.instead = unauthorized;
  const asked = await probe.ask(AbortSignal.timeout(30_000));
  probe.close();
  expect(asked).toMatchObject({
    failure: "denied",
    why: "it refuses the token that it gave itself (HTTP 401, Unauthorized)",
  });
  expect(logins).toHaveLength(3);
});

test("a login that is refused says so without the password", async () => {
  const wrong: BesuAuth = { ...login, password: { tag: "text", text: "wrong staple" } };
  const asked = await askBesu({ rpc: server.url, auth: wrong });
  expect(asked).toEqual({
    tag: "failed",
    failure: "denied",
    why: "the login of watcher is refused",
    mend: "Set besu.user and besu.password as in the file of --rpc-http-authentication-credentials-file.",
  });
  expect(JSON.stringify(asked)).not.toContain("staple");
});

test("a node that takes no logins wants a JWT", async () => {
  delete server.paths["/login"];
  expect(await askBesu({ rpc: server.url, auth: login })).toMatchObject({
    failure: "denied",
    why: "it takes no logins (HTTP 404 at /login)",
    mend: expect.stringContaining("besu.token"),
  });
});

test("a JWT that was given is used as it is, and refused for good", async () => {
  good.add("a.b.c");
  expect(await askBesu({ rpc: server.url, auth: token("a.b.c\n") })).toMatchObject({ tag: "answered" });
  const asked = await askBesu({ rpc: server.url, auth: token("d.e.f") });
  expect(asked).toMatchObject({ failure: "denied", why: "it refuses besu.token (HTTP 401, Unauthorized)" });
  expect(JSON.stringify(asked)).not.toContain("d.e.f");
  expect(logins).toEqual([]);
});

test.each([
  [token("two\r\nlines: here"), "besu.token is no token"],
  [{ tag: "token", token: { tag: "env", name: "NOT_SET" } } as const, "besu.token cannot be read"],
  [{ ...login, password: { tag: "env", name: "NOT_SET" } } as const, "besu.password cannot be read"],
])("a secret that is none is told by its key alone (%#)", async (auth, why) => {
  expect(await askBesu({ rpc: server.url, auth })).toMatchObject({ tag: "failed", failure: "denied", why });
});

test("a login without a permission loses that answer, not the others", async () => {
  server.instead = null;
  server.methods.net_peerCount = { error: { code: -40100, message: "Unauthorized" } };
  expect(await askBesu({ rpc: server.url, auth: login })).toMatchObject({
    answer: {
      syncing: { tag: "known" },
      peers: {
        tag: "unknown",
        why: "net_peerCount is not allowed to this login",
        mend: expect.stringContaining("net:*"),
      },
    },
  });
});
