import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fleetOf } from "./expect-fleet";
import { fillIn } from "./fill-in";
import { parseFleet } from "./parse";

/** As the file has it. */
const named = (words: string) => `\${${words}}`;

const rpcOf = (rpc: string) => `
hosts: { here: {} }
services:
  - { host: here, unit: besu.service, kind: besu, besu: { rpc: "${rpc}" } }
`;

function messagesOf(text: string): string[] {
  const result = parseFleet(text, { file: "signalbox.yaml", baseFolder: "/" });
  return result.tag === "invalid" ? result.issues.map(({ message }) => message) : [];
}

describe("an address takes parts of it from the environment", () => {
  beforeEach(() => {
    process.env.TEST_BLOCK = "271";
    delete process.env.TEST_UNSET;
  });
  afterEach(() => {
    delete process.env.TEST_BLOCK;
  });

  test("a variable that is set stands in its place, also in front of digits", () => {
    const rpc = fleetOf(rpcOf(`http://127.0.0.1:${named("TEST_BLOCK")}11`)).services[0]?.besu?.rpc;
    expect(rpc).toBe("http://127.0.0.1:27111");
  });

  test("a default holds where the variable is unset or empty", () => {
    expect(fillIn(`http://192.0.2.${named("TEST_UNSET:-1")}`, {})).toEqual({
      tag: "ok",
      text: "http://192.0.2.1",
    });
    expect(fillIn(`${named("TEST_UNSET:-1")}`, { TEST_UNSET: "" })).toEqual({ tag: "ok", text: "1" });
    expect(fillIn(`${named("TEST_UNSET:-1")}`, { TEST_UNSET: "2" })).toEqual({ tag: "ok", text: "2" });
  });

  test("one that is not set is named, and what the variable holds is not repeated", () => {
    const [message] = messagesOf(rpcOf(`http://127.0.0.1:${named("TEST_UNSET")}`));
    expect(message).toContain("the environment variable TEST_UNSET is not set");
    process.env.TEST_BLOCK = "s3cret@";
    const [wrong] = messagesOf(rpcOf(`http://${named("TEST_BLOCK")}192.0.2.1`));
    expect(wrong).toContain("without a user name or password");
    expect(wrong).not.toContain("s3cret");
  });

  test("braces that name no variable make no address", () => {
    expect(messagesOf(rpcOf(`http://127.0.0.1:${named("TEST BLOCK")}`))).toHaveLength(1);
    expect(messagesOf(rpcOf(`http://127.0.0.1:${named("")}`))).toHaveLength(1);
  });
});
