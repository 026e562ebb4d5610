import { expect, test } from "vitest";
import { aService } from "../live/examples";
import { diagnoseAndFix, recoverByHand } from "./recovery-procedure";

test("the specification's commands carry the unit's name", () => {
  const runsOn = { tag: "systemd", unit: "nginx.service" } as const;
  expect(diagnoseAndFix(aService(), runsOn)[0]?.commands.map(({ command }) => command)).toEqual([
    "journalctl -u nginx.service -n 100",
    "systemctl status -- nginx.service",
    "journalctl -u nginx.service | grep -i error",
  ]);
});

test("a unit's name is quoted so that a shell takes it as it is", () => {
  const runsOn = { tag: "systemd", unit: "dev-disk\\x2d1.service" } as const;
  expect(recoverByHand(runsOn)[0]?.command).toBe("systemctl restart -- 'dev-disk\\x2d1.service'");
  expect(recoverByHand({ tag: "systemd", unit: "-x.service" })[0]?.command).toBe(
    "systemctl restart -- '-x.service'",
  );
});

test("a process of our own has no systemd commands", () => {
  expect(diagnoseAndFix(aService(), { tag: "process" }).flatMap(({ commands }) => commands)).toEqual([]);
  expect(recoverByHand({ tag: "process" })).toEqual([]);
});
