import { expect, test } from "vitest";
import { anAlert } from "../live/examples";
import { countBySeverity, firingAlerts, heldAlerts, pastAlerts } from "./alert-order";

const at = (minute: number) => `2026-11-23T08:0${minute}:00.000000Z`;
const open = [
  anAlert({ id: "old warning", severity: "warning", firedAt: at(1) }),
  anAlert({ id: "info", severity: "info", firedAt: at(9) }),
  anAlert({ id: "old critical", firedAt: at(2) }),
  anAlert({ id: "taken", status: "acknowledged", severity: "warning" }),
  anAlert({ id: "expected", status: "silenced", firedAt: at(1) }),
  anAlert({ id: "new critical", firedAt: at(3) }),
  anAlert({ id: "new warning", severity: "warning", firedAt: at(8) }),
];
const ids = (alerts: readonly { id: string }[]) => alerts.map(({ id }) => id);

test("what fires comes worst first, then newest first; what somebody has or expects stands apart", () => {
  expect(ids(firingAlerts(open))).toEqual([
    "new critical",
    "old critical",
    "new warning",
    "old warning",
    "info",
  ]);
  expect(ids(heldAlerts(open))).toEqual(["expected", "taken"]);
});

test("an alert that has just been resolved stands first, and once", () => {
  const [one, two, three] = ["1", "2", "3"].map((id) => anAlert({ id, status: "resolved" }));
  if (!one || !two || !three) throw new Error("three were made");
  expect(ids(pastAlerts([three], [one, three, two]))).toEqual(["3", "1", "2"]);
});

test("only severities that there are have a count, the worst first", () => {
  expect(countBySeverity(firingAlerts(open))).toEqual([
    { severity: "critical", count: 2 },
    { severity: "warning", count: 2 },
    { severity: "info", count: 1 },
  ]);
  expect(countBySeverity([])).toEqual([]);
});
