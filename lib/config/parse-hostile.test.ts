import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ParseResult, parseFleet } from "./parse";

const read = (text: string): ParseResult => parseFleet(text, { file: "f.yaml", baseFolder: "/srv" });

function firstError(text: string): string {
  const result = read(text);
  const [first] = result.tag === "invalid" ? result.issues : [];
  return first === undefined ? "no error" : `${first.line}: ${first.message}`;
}

const good = `hosts:
  here: {}
  toys: { platform: process }
services:
  - &web
    host: here
    unit: nginx.service
    health: { http: "http://127.0.0.1/", every: 5s }
  - { <<: *web, unit: other.service, tags: [a, "b"] }
  - { host: toys, name: echo, command: [node, echo.mjs], env: { PORT: 9001 }, after: [toys/db] }
groups: { g: { keepRunning: 2/3 } }
alerts: { error: 5m, thrash: { errors: 3 } }
notify: { channels: { m: { ntfy: { url: { env: A } } } }, routes: [{ to: [m] }], digest: { above: 3 } }
`;

/** What every answer must be, whatever the text. */
function isSound(result: ParseResult, text: string): boolean {
  const lines = text.split("\n").length;
  const issues = result.tag === "ok" ? result.warnings : result.issues;
  if (result.tag === "invalid" && issues.length === 0) return false;
  return issues.every(
    ({ line, column, message }) =>
      line >= 1 && line <= lines && column >= 1 && message !== "" && !/[\n\r]/.test(message),
  );
}

describe("no text makes the parser throw, and each issue has a line of the file", () => {
  test("any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => isSound(read(text), text)),
    );
  });

  test("texts made of YAML's own signs", () => {
    const sign = fc.constantFrom(
      ..."[]{}:-,?&*!|>'\"%@`#~<= \n\t",
      "\n  ",
      "- ",
      ": ",
      "a",
      "<<: ",
      "hosts",
      "&x ",
      "*x",
    );
    const text = fc.array(sign, { maxLength: 60 }).map((signs) => signs.join(""));
    fc.assert(
      fc.property(text, (yaml) => isSound(read(yaml), yaml)),
      { numRuns: 1_000 },
    );
  });

  test("a good file with pieces cut out, doubled or put in", () => {
    const edit = fc.record({
      at: fc.nat(good.length),
      cut: fc.nat(30),
      put: fc.oneof(
        fc.constantFrom(
          "",
          "- ",
          "{",
          "}",
          "[",
          "]",
          ":",
          "\n",
          "  ",
          "~",
          "&web",
          "*web",
          "0",
          '"',
          "services:",
        ),
        fc.string({ maxLength: 5 }),
      ),
    });
    const text = fc
      .array(edit, { minLength: 1, maxLength: 4 })
      .map((edits) =>
        edits.reduce((yaml, { at, cut, put }) => yaml.slice(0, at) + put + yaml.slice(at + cut), good),
      );
    fc.assert(
      fc.property(text, (yaml) => isSound(read(yaml), yaml)),
      { numRuns: 1_000 },
    );
  });

  test("values of any shape in any place", () => {
    const any = fc.jsonValue({ maxDepth: 4 });
    const file = fc.record(
      {
        hosts: fc.oneof(any, fc.dictionary(fc.string({ maxLength: 4 }), any)),
        services: fc.oneof(
          any,
          fc.array(
            fc.record(
              { host: any, unit: any, name: any, after: any, env: any, health: any },
              { requiredKeys: [] },
            ),
          ),
        ),
        discover: any,
        groups: any,
        alerts: any,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(file, (value) =>
        isSound(read(JSON.stringify(value, null, 1)), JSON.stringify(value, null, 1)),
      ),
    );
  });
});

describe("files made to exhaust the reader are refused", () => {
  test("aliases that unfold without end", () => {
    const levels = Array.from({ length: 20 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(10)}]`);
    expect(firstError(`a0: &a0 [lol]\n${levels.join("\n")}`)).toMatch(
      /^6: aliases unfold to more than 100000 values/,
    );
  });

  test("merges that unfold without end", () => {
    const wide = Array.from({ length: 3_000 }, (_, n) => `k${n}: 1`).join(", ");
    const services = "  - { <<: *wide }\n".repeat(3_000);
    expect(firstError(`hosts: &wide { ${wide} }\nservices:\n${services}`)).toMatch(/^\d+: aliases unfold/);
  });

  test.each([
    ["brackets", "[".repeat(100_000)],
    ["closed brackets", "[".repeat(20_000) + "]".repeat(20_000)],
    ["maps", "{a: ".repeat(20_000)],
    ["items", "- ".repeat(20_000)],
    ["indentation", Array.from({ length: 2_000 }, (_, n) => `${" ".repeat(n)}a:`).join("\n")],
  ])("a thousand levels of %s", (_what, text) => {
    expect(firstError(text)).toMatch(/^\d+: nested more than 32 levels deep$/);
  });

  test("more than 5 MB", () => {
    expect(firstError(`# ${"x".repeat(5_000_000)}`)).toMatch(/^1: the file is larger than 5 MB/);
  });

  test("keys that reach into an object's prototype", () => {
    expect(firstError("hosts:\n  __proto__: { platform: process }")).toMatch(
      /^2: the key `__proto__` cannot be used/,
    );
    expect(firstError("constructor: {}")).toMatch(/^1: unknown key `constructor` in the file; allowed/);
    expect(firstError("hosts: { h: }\nservices: [{ host: toString, unit: a.service }]")).toMatch(
      /^2: unknown host `toString`/,
    );
  });
});

test("a chain of ten thousand services that wait for each other is walked", () => {
  const service = (n: number) =>
    `  - { host: t, name: s${n}, command: [a], after: [t/s${(n + 1) % 10_000}] }\n`;
  const services = Array.from({ length: 10_000 }, (_, n) => service(n)).join("");
  expect(firstError(`hosts: { t: { platform: process } }\nservices:\n${services}`)).toMatch(
    /^10002: these wait/,
  );
});
