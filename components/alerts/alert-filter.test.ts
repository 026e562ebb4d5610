import { expect, test } from "vitest";
import { anAlert } from "../live/examples";
import { askPastAlerts, isFiltered, isShown, readAlertFilter, writeAlertFilter } from "./alert-filter";

const read = (address: string) => readAlertFilter(new URLSearchParams(address));

test.each([
  "",
  "status=firing&status=resolved&severity=critical&rule=error&host=here&group=edge&service=here%2Fodd%40a-b",
  "service=here%2Fa&service=here%2Fb",
])("the address %j is written as it was read", (address) => {
  expect(writeAlertFilter(read(address))).toBe(address);
  expect(isFiltered(read(address))).toBe(address !== "");
});

test("a status or severity that nobody knows is left out, and shows all", () => {
  expect(writeAlertFilter(read("status=burning&severity=fatal&rule="))).toBe("");
});

test("what was is asked for with the same filter, whatever else is shown", () => {
  expect(askPastAlerts(read("status=firing&severity=warning&host=here"))).toBe(
    "status=resolved&severity=warning&host=here",
  );
});

test.each([
  ["", true],
  ["status=firing", true],
  ["status=acknowledged&status=silenced", false],
  ["severity=critical", true],
  ["severity=warning", false],
  ["rule=error", true],
  ["rule=starting", false],
  ["host=here", true],
  ["host=her", false],
  ["group=edge", false],
  ["service=here%2Fweb", true],
  ["service=here%2Fwe", false],
])("a firing alert of here/web is shown under %j: %j", (address, shown) => {
  expect(isShown(read(address), anAlert())).toBe(shown);
});

test("an alert about a host as a whole is of no service", () => {
  expect(isShown(read("service=here%2Fweb"), anAlert({ service: null }))).toBe(false);
});
