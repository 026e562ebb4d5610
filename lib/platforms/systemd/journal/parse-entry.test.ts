import fc from "fast-check";
import { expect, test } from "vitest";
import { parseEntry } from "./parse-entry";

const bootId = "b".repeat(32);
const own = {
  __CURSOR: "s=1;i=1",
  __REALTIME_TIMESTAMP: "1795384004288138",
  __MONOTONIC_TIMESTAMP: "789876188",
  _BOOT_ID: bootId,
};

function parse(fields: Record<string, unknown>) {
  return parseEntry(JSON.stringify({ ...own, ...fields }));
}

test("the instant is the writer's own where journald kept it, by both clocks", () => {
  expect(parse({})).toMatchObject({ at: 1795384004288138, monotonic: 789876188 });
  expect(parse({ _SOURCE_REALTIME_TIMESTAMP: "1795384004286234" })).toMatchObject({
    at: 1795384004286234,
    monotonic: 789874284,
  });
});

test("what is no UTF-8, given several times, or over the limit survives", () => {
  expect(parse({ MESSAGE: [104, 105, 255] })?.message).toBe("hi\ufffd");
  expect(parse({ MESSAGE: ["first", "last"] })?.message).toBe("last");
  expect(parse({ MESSAGE: [[104, 105], null] })?.message).toBe("hi");
  expect(parse({ MESSAGE: null, PRIORITY: 3 })).toMatchObject({ message: "", priority: 3 });
  expect(parse({ MESSAGE: [], PRIORITY: "many" })).toMatchObject({ message: "", priority: null });
});

test("what is no entry is null: cut off, not JSON, without a place in the journal", () => {
  const whole = JSON.stringify(own);
  for (let length = 0; length < whole.length; length++) expect(parseEntry(whole.slice(0, length))).toBeNull();
  expect(parseEntry("-- No entries --")).toBeNull();
  for (const field of ["__CURSOR", "__REALTIME_TIMESTAMP", "_BOOT_ID"])
    expect(parse({ [field]: null })).toBeNull();
});

test("UNIT= counts only where the service manager wrote it", () => {
  expect(parse({ _PID: "1", UNIT: "a.service" })?.unit).toBe("a.service");
  expect(parse({ _PID: "77", _UID: "0", UNIT: "a.service" })?.unit).toBeNull();
  expect(parse({ UNIT: "a.service" })?.unit).toBeNull();
});

test("a process that could not become the service speaks for its own unit and for no other", () => {
  const spawnFailed = { _PID: "175", MESSAGE_ID: "641257651c1b4ec9a8624d7a40a9e1e7", UNIT: "a.service" };
  expect(parse({ ...spawnFailed, _SYSTEMD_UNIT: "a.service" })?.unit).toBe("a.service");
  expect(parse({ ...spawnFailed, _SYSTEMD_UNIT: "evil.service" })?.unit).toBeNull();
});

test("of what root's helpers say, the unit that it is about counts", () => {
  expect(parse({ _UID: "0", OBJECT_SYSTEMD_UNIT: "a.service" })?.unit).toBe("a.service");
  expect(parse({ _UID: "1000", OBJECT_SYSTEMD_UNIT: "a.service" })?.unit).toBeNull();
  const coredump = { MESSAGE_ID: "fc2e22bc6ee647b6b90729ab34a250b1", COREDUMP_UNIT: "a.service" };
  expect(parse({ ...coredump, _UID: "0" })?.unit).toBe("a.service");
  expect(parse({ ...coredump, _UID: "1000" })?.unit).toBeNull();
});

test("no line of whatever kind is too much", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.dictionary(fc.string(), fc.jsonValue()).map((x) => JSON.stringify(x)),
      ),
      (line) => {
        parseEntry(line);
      },
    ),
  );
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom("MESSAGE", "UNIT", "_PID", "_UID", "PRIORITY", "MESSAGE_ID"),
        fc.jsonValue(),
      ),
      (fields) => {
        expect(parse(fields)).not.toBeNull();
      },
    ),
  );
});
