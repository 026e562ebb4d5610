import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { checkConfig } from "./check-config";

let cwd = "";
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "check-"));
});

async function run(argv: string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
  };
  const code = await checkConfig(argv, { ...io, cwd, env });
  return { code, out: out.join(""), err: err.join("") };
}

const good = "hosts: { a: {}, b: {} }\nservices: [{ host: a, unit: x.service }]\n";

test("a good file is one line and exit 0", async () => {
  writeFileSync(join(cwd, "box.yaml"), good);
  expect(await run(["box.yaml"])).toEqual({ code: 0, out: "box.yaml: 2 hosts, 1 service\n", err: "" });
});

test("without a name it is SIGNALBOX_CONFIG, else signalbox.yaml", async () => {
  writeFileSync(join(cwd, "signalbox.yaml"), good);
  writeFileSync(join(cwd, "other.yaml"), "hosts: { a: {} }\nservices: [{ host: a, unit: x.service }]\n");
  expect((await run([])).out).toBe("signalbox.yaml: 2 hosts, 1 service\n");
  expect((await run([], { SIGNALBOX_CONFIG: "other.yaml" })).out).toBe("other.yaml: 1 host, 1 service\n");
});

test("a bad file is a line for each error and exit 1", async () => {
  writeFileSync(join(cwd, "box.yaml"), "host: {}\nalerts: { error: 5 minutes }\n");
  expect(await run(["box.yaml"])).toEqual({
    code: 1,
    out: "",
    err: [
      "box.yaml:1: unknown key `host` in the file; did you mean `hosts`? allowed: hosts, services, discover, groups, alerts, history, notify\n",
      "box.yaml:2: `5 minutes`: a duration is a number and ms, s, m, h or d, such as 5m, or off (in `error`)\n",
    ].join(""),
  });
});

test("a file that is not there is exit 1", async () => {
  expect(await run([])).toEqual({ code: 1, out: "", err: "signalbox.yaml:1: the file does not exist\n" });
});

test("warnings are told and are no failure", async () => {
  writeFileSync(join(cwd, "signalbox.yaml"), "hosts: {}\n");
  const { code, out, err } = await run([]);
  expect({ code, out }).toEqual({ code: 0, out: "signalbox.yaml: 0 hosts, 0 services\n" });
  expect(err).toMatch(/^signalbox.yaml:1: no services are given.* \(warning\)\n$/);
});

test.each([[["a.yaml", "b.yaml"]], [["--fix"]], [[""]]])(
  "wrong usage %j is exit 2 with the usage",
  async (argv) => {
    expect(await run(argv)).toEqual({ code: 2, out: "", err: "usage: npm run check-config -- [FILE]\n" });
  },
);
