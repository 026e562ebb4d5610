import { expect, test } from "vitest";
import { anAlert } from "../live/examples";
import { sayCount, sayFiring, summaryBeside } from "./alert-words";

test.each([
  ["here/web has been in Error for 5 min.", "has been in Error for 5 min."],
  ["here/web: ann's stop failed.", "ann's stop failed."],
  ["Something else.", "Something else."],
])("beside the service's name %j is said as %j", (summary, said) => {
  expect(summaryBeside(anAlert({ summary }))).toBe(said);
});

test("an alert about a host as a whole stands beside the host's name", () => {
  const alert = anAlert({ service: null, summary: "here has been out of contact for 1 min." });
  expect(summaryBeside(alert)).toBe("has been out of contact for 1 min.");
});

test("one alert fires, several fire", () => {
  expect([sayFiring(1), sayFiring(12)]).toEqual(["1 alert fires", "12 alerts fire"]);
  expect([sayCount("critical", 2), sayCount("warning", 1), sayCount("warning", 2)]).toEqual([
    "2 critical",
    "1 warning",
    "2 warnings",
  ]);
});
