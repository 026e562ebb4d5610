import { describe, expect, test } from "vitest";
import { isForwarded } from "./forwarding-mark";
import { type Knock, refuseAtDoor } from "./front-door";

const knock: Knock = {
  method: "GET",
  host: "127.0.0.1:4600",
  origin: null,
  fetchSite: null,
  fetchMode: null,
  forwarded: false,
  hasBearer: false,
};
const publicUrl = "https://box.example.net";
const codeOf = (changes: Partial<Knock>, url?: string) =>
  refuseAtDoor({ ...knock, ...changes }, url)?.code ?? null;

describe("Host", () => {
  test.each(["127.0.0.1:4600", "localhost:4600", "LOCALHOST", "[::1]:4600", "127.8.9.1", "localhost:8080"])(
    "%s is ours",
    (host) => expect(codeOf({ host })).toBeNull(),
  );

  test.each([
    null,
    "",
    "192.0.2.7:4600",
    "evil.example.net",
    "localhost.evil.example.net",
    "127.0.0.1.example.net",
    "127.0.0.1:4600/",
    "user@127.0.0.1",
    "[::2]:4600",
    "box.example.net",
  ])("%s is not", (host) => expect(codeOf({ host })).toBe("foreign-host"));

  test("the name in SIGNALBOX_URL is ours", () => {
    expect(codeOf({ host: "box.example.net" }, publicUrl)).toBeNull();
    expect(codeOf({ host: "127.0.0.1:4600" }, publicUrl)).toBeNull();
    expect(codeOf({ host: "other.example.net" }, publicUrl)).toBe("foreign-host");
  });
});

describe("Origin", () => {
  test.each(["GET", "POST", "PUT", "HEAD"])(
    "a foreign one is refused on %s, with and without a token",
    (method) => {
      for (const origin of [
        "http://evil.example.net",
        "null",
        "https://127.0.0.1:4600",
        "http://127.0.0.1:4601",
        "x",
      ])
        for (const hasBearer of [true, false])
          expect(codeOf({ method, origin, hasBearer })).toBe("foreign-origin");
    },
  );

  test("our own is let in, on the address that was asked for", () => {
    expect(codeOf({ method: "POST", origin: "http://127.0.0.1:4600" })).toBeNull();
    expect(codeOf({ method: "POST", origin: "http://localhost:4600" })).toBe("foreign-origin");
    expect(codeOf({ method: "POST", host: "localhost:4600", origin: "http://localhost:4600" })).toBeNull();
    expect(codeOf({ method: "POST", host: "box.example.net", origin: publicUrl }, publicUrl)).toBeNull();
    expect(
      codeOf({ method: "POST", host: "box.example.net", origin: "http://box.example.net" }, publicUrl),
    ).toBe("foreign-origin");
  });

  test("a change without one needs a token; reading does not", () => {
    expect(codeOf({ method: "POST" })).toBe("foreign-origin");
    expect(codeOf({ method: "POST", hasBearer: true })).toBeNull();
    expect(codeOf({ method: "GET" })).toBeNull();
  });

  test("a page elsewhere may link here, and not embed or fetch", () => {
    for (const fetchSite of ["cross-site", "same-site"]) {
      expect(codeOf({ fetchSite, fetchMode: "navigate" })).toBeNull();
      expect(codeOf({ fetchSite, fetchMode: "no-cors" })).toBe("foreign-origin");
    }
    expect(codeOf({ fetchSite: "same-origin", fetchMode: "cors" })).toBeNull();
  });
});

describe("forwarding headers", () => {
  test.each([
    "X-Forwarded-For",
    "x-forwarded-proto",
    "Forwarded",
    "X-Real-IP",
    "Via",
    "X-Forwarded-Anything",
  ])("%s tells of a proxy", (name) => expect(isForwarded(["Host", "localhost", name, "1"])).toBe(true));

  test("a value that reads like one does not", () => {
    expect(isForwarded(["Host", "x-forwarded-for", "Accept", "via"])).toBe(false);
  });

  test("are refused, also for the name in SIGNALBOX_URL", () => {
    expect(codeOf({ forwarded: true, host: "box.example.net" }, publicUrl)).toBe("forwarded");
  });
});
