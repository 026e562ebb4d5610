import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jobOfPath, pathOfJob, pathOfUnit, unitOfPath } from "./object-path";
import { readUnitName, refuseUnitName } from "./unit-name";

const systemdEscape = "systemd-escape";

describe("a unit's name", () => {
  test("is read by systemd's grammar", () => {
    expect(readUnitName("nginx.service")).toEqual({ tag: "plain", type: "service" });
    expect(readUnitName("-.mount")).toEqual({ tag: "plain", type: "mount" });
    expect(readUnitName("getty@.service")).toEqual({ tag: "template", type: "service" });
    expect(readUnitName("odd@a-b_c\\x2dd@e.service")).toEqual({
      tag: "instance",
      type: "service",
      template: "odd@.service",
      instance: "a-b_c\\x2dd@e",
    });
  });

  test.each([
    "",
    "nginx",
    ".service",
    "@.service",
    "@x.service",
    "a b.service",
    "a/b.service",
    "ü.service",
    "a.service\n",
    "a\0.service",
    "a.Service",
    "a.services",
    "-x",
    "--version",
    "$(reboot).service",
    `${"a".repeat(248)}.service`,
  ])("is refused: %j", (name) => {
    expect(readUnitName(name).tag).toBe("wrong");
    expect(refuseUnitName(name)).toMatch(/is not the name of a unit: ./);
  });

  test("of 255 characters is allowed", () => {
    expect(refuseUnitName(`${"a".repeat(247)}.service`)).toBeNull();
  });

  test("is no name to act on while it is a template", () => {
    expect(refuseUnitName("getty@.service")).toMatch(/name an instance/);
    expect(refuseUnitName("getty@tty1.service")).toBeNull();
  });
});

describe("an object's path", () => {
  test("is what systemd makes of a name", () => {
    expect(pathOfUnit("crash-norestart.service")).toBe(
      "/org/freedesktop/systemd1/unit/crash_2dnorestart_2eservice",
    );
    expect(pathOfUnit("1a.service")).toBe("/org/freedesktop/systemd1/unit/_31a_2eservice");
    expect(pathOfUnit("odd@a-b_c\\x2dd.service")).toBe(
      "/org/freedesktop/systemd1/unit/odd_40a_2db_5fc_5cx2dd_2eservice",
    );
    expect(pathOfUnit("")).toBe("/org/freedesktop/systemd1/unit/_");
  });

  test("names the same unit back, whatever its name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(unitOfPath(pathOfUnit(name))).toBe(name);
      }),
    );
  });

  test("that is no unit and no job names none", () => {
    expect(unitOfPath("/org/freedesktop/systemd1")).toBeNull();
    expect(unitOfPath("/org/freedesktop/systemd1/unit/")).toBeNull();
    expect(unitOfPath("/org/freedesktop/systemd1/unit/a_2")).toBeNull();
    expect(unitOfPath("/org/freedesktop/systemd1/unit/a/b")).toBeNull();
    expect(jobOfPath(pathOfJob(17))).toBe(17);
    expect(jobOfPath("/")).toBeNull();
    expect(jobOfPath("/org/freedesktop/systemd1/job/1x")).toBeNull();
  });

  test.skipIf(!hasSystemdEscape())("agrees with systemd's own grammar of names", () => {
    for (const name of ["a@b.service", "a@.service", "@a.service", "a b.service", ".service", "a.x.timer"]) {
      expect([name, readUnitName(name).tag !== "wrong"]).toEqual([name, systemdTakes(name)]);
    }
  });
});

function hasSystemdEscape(): boolean {
  return spawnSync(systemdEscape, ["--version"]).status === 0;
}

/** `--instance` has another complaint about a name that is fine but no instance. */
function systemdTakes(name: string): boolean {
  const { stderr } = spawnSync(systemdEscape, ["--unescape", "--instance", "--", name], {
    encoding: "utf8",
  });
  return !stderr.includes("Failed to extract instance");
}
