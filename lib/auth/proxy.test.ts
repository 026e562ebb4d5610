import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { proxy } from "@/proxy";
import { forwardingMark, markForwardedRequests } from "./forwarding-mark";

beforeAll(() => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});

const knock = (path: string, headers: Record<string, string> = {}) =>
  proxy(
    new NextRequest(`http://127.0.0.1:4600${path}`, {
      headers: { host: "127.0.0.1:4600", [forwardingMark]: "no", ...headers },
    }),
  );

describe("before any route", () => {
  test("a request that nobody looked at for forwarding headers is refused", () => {
    expect(knock("/api/v1/services", { [forwardingMark]: "" }).status).toBe(403);
  });

  test.each(["/api/v1/services/%ff/x", "/services/%E0%A4%A/x", "/%"])(
    "%s is a problem, not a failure",
    async (path) => {
      const response = knock(path);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "malformed" });
    },
  );

  test("each page gets a nonce of its own, which Next is told as well", () => {
    const policies = [knock("/"), knock("/")].map(({ headers }) => ({
      told: headers.get("content-security-policy"),
      passedOn: headers.get("x-middleware-request-content-security-policy"),
    }));
    for (const { told, passedOn } of policies) {
      expect(told).toMatch(/script-src 'self' 'nonce-[\w-]{43}';/);
      expect(passedOn).toBe(told);
    }
    expect(policies[0]?.told).not.toBe(policies[1]?.told);
  });
});

describe("the forwarding mark", () => {
  let server: Server;

  beforeAll(async () => {
    markForwardedRequests();
    server = createServer((request, response) => {
      // What Next does to every request before a proxy file sees it.
      request.headers["x-forwarded-for"] ??= "127.0.0.1";
      response.end(String(request.headers[forwardingMark]));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => server.close());

  const ask = (headers: Record<string, string>) =>
    new Promise<string>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const sent = httpRequest({ port, host: "127.0.0.1", headers }, async (response) => {
        resolve((await response.toArray()).join(""));
      });
      sent.on("error", reject).end();
    });

  test("tells what the client sent from what was added here, and cannot be sent along", async () => {
    expect(await ask({})).toBe("no");
    expect(await ask({ "X-Forwarded-For": "127.0.0.1" })).toBe("yes");
    expect(await ask({ "X-Forwarded-For": "192.0.2.1", [forwardingMark]: "no" })).toBe("yes");
  });
});
