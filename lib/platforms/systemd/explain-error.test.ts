import { describe, expect, test } from "vitest";
import { BusError } from "./bus/bus-error";
import { explainError } from "./explain-error";

const words = (name: string, message = "Said.", uid: number | null = 1001) =>
  explainError(new BusError(name, message), "web.service", "stop", uid);

describe("why systemd refused", () => {
  test.each([
    ["UnitMasked", /systemctl unmask web.service/],
    ["NoSuchUnit", /the host has no web.service/],
    ["BadUnitSetting", /systemd-analyze verify web.service shows it: Said/],
    ["LoadFailed", /could not be loaded: Said/],
    ["JobTypeNotApplicable", /web.service does not know stop/],
    ["TransactionIsDestructive", /such as shutting down/],
    ["TransactionJobsConflicting", /contradict each other/],
    ["OnlyByDependency", /RefuseManualStart/],
  ])("is told with what to do: %s", (name, expected) => {
    expect(words(`org.freedesktop.systemd1.${name}`)).toMatch(expected);
  });

  test.each([
    [
      "InteractiveAuthorizationRequired",
      /uid 1001 may not stop web.service on the host: no polkit rule allows it/,
    ],
    [
      "AccessDenied",
      /polkit refuses, or is not installed there. Allow the action .*unit web.service and verb stop/,
    ],
    ["NoReply", /whether web.service will stop is not known/],
    ["Disconnected", /the connection to the host ended: Said/],
    ["ServiceUnknown", /systemd is not on the host's bus/],
  ])("is told with what would allow it, or what it leaves open: %s", (name, expected) => {
    expect(words(`org.freedesktop.DBus.Error.${name}`)).toMatch(expected);
  });

  test("is told in the bus's words where the error is not known, or is none of a bus", () => {
    expect(words("net.example.Unheard")).toBe("Said.");
    expect(words("net.example.Unheard", "")).toBe("net.example.Unheard");
    expect(explainError("odd", "web.service", "start", null)).toBe("start of web.service failed: odd");
    expect(words("org.freedesktop.DBus.Error.AccessDenied", "", null)).toMatch(
      /^this connection's user may not/,
    );
  });
});
