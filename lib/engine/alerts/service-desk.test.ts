import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordedMove } from "@/db/write/batch";
import { defaultAlerts } from "../../config/alert-keys";
import { service } from "../../machine/kinds/service";
import { ServiceDesk } from "./service-desk";
import { SetClock } from "./testing/set-clock";

const facts = {
  serviceId: 1,
  id: "edge/web",
  group: null,
  tags: [],
  machine: service,
  isValidator: false,
  alerts: defaultAlerts,
};

function moved(to: string, at: number): RecordedMove {
  const cause = { kind: "service", detail: "exited with code 5" } as const;
  const seen = { at, observedAt: at, bootId: null, monotonic: null, source: "signal" } as const;
  const rest = { seq: 2, from: "Running", event: null, declared: true, inferred: false, evidence: {} };
  return {
    move: { to, cause, sourceKey: `${to} ${at}`, ...seen, ...rest },
    inFromUs: 0,
    gapUs: 0,
    commandId: null,
  };
}

/** A desk on a host that can be lost and found, with the gaps that this leaves. */
function open() {
  const clock = new SetClock();
  const gaps: { from: number; to: number }[] = [];
  const moment = (offsetUs = 0) => ({ ...clock.now(), offsetUs, gaps });
  const row = {
    serviceId: 1,
    state: "Running",
    since: clock.now().at,
    health: null,
    told: null,
    validator: null,
    observedUntil: null,
    thrash: null,
    cause: null,
  };
  const desk = new ServiceDesk(facts, row, [], moment());
  desk.run(moment());
  const seenMs = () => desk.picture(moment())?.seenMs;
  return { clock, gaps, desk, moment, seenMs };
}

describe("how long a state has been seen", () => {
  it("never holds time in which nobody looked, whatever is lost and found", async () => {
    const spans = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 400_000 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(spans, async (told) => {
        const { clock, gaps, desk, moment, seenMs } = open();
        desk.takeMoves([moved("Error", clock.now().at)], false, moment());
        let seen = 0;
        for (const [isSeen, ms] of told) {
          if (isSeen) {
            await clock.pass(ms);
            seen += ms;
            continue;
          }
          const from = clock.now().at;
          desk.stop(clock.now().monotonic);
          await clock.pass(ms);
          gaps.push({ from, to: clock.now().at });
          desk.run(moment());
        }
        expect(seenMs()).toBe(seen);
      }),
    );
  });

  it("is not changed by somebody who sets the clock", async () => {
    const { clock, desk, moment, seenMs } = open();
    desk.takeMoves([moved("Error", clock.now().at)], false, moment());
    await clock.pass(10_000);
    clock.setWall(3_600_000);
    expect(seenMs()).toBe(10_000);
    desk.run(moment());
    expect(seenMs()).toBe(10_000);
  });

  it("of what was signalled now is not more than it can have been on the way, whatever the host's clock says", () => {
    const { clock, desk, moment, seenMs } = open();
    desk.takeMoves([moved("Error", clock.now().at - 7_200_000_000)], false, moment());
    expect(seenMs()).toBe(60_000);
  });

  it("of what was read back is all that a record tells of, by our clock", () => {
    const { clock, desk, moment, seenMs } = open();
    const behind = -2_000_000;
    const move = moved("Error", clock.now().at - 290_000_000 + behind);
    desk.takeMoves([move], true, moment(behind));
    expect(seenMs()).toBe(290_000);
  });
});

describe("health", () => {
  const failing = { status: "failing", detail: "answered 500" } as const;

  it("lasts from the first word of it, over every repetition", async () => {
    const { clock, desk, moment } = open();
    expect(desk.takeHealth(failing, moment())).toBe(true);
    await clock.pass(5_000);
    expect(desk.takeHealth({ ...failing, detail: "answered 503" }, moment())).toBe(false);
    expect(desk.picture(moment())?.health).toMatchObject({ seenMs: 5_000, detail: "answered 503" });
    desk.takeHealth({ status: "ok", detail: "answers" }, moment());
    expect(desk.picture(moment())?.health?.seenMs).toBe(0);
  });
});

it("a cause that is told better later changes what counts as thrash", () => {
  const { clock, desk, moment } = open();
  const at = clock.now().at;
  for (let n = 1; n <= 3; n++) {
    desk.takeMoves([moved("Error", at + n)], false, moment());
    desk.takeMoves([moved("Running", at + n)], false, moment());
  }
  expect(desk.picture(moment())?.thrash.level).toBe("crash-loop");
  const bySomebody = { kind: "host-operator", detail: "killed by SIGKILL: sent by someone" } as const;
  desk.takeCause(`Error ${at + 3}`, bySomebody);
  expect(desk.picture(moment())?.thrash.level).toBe("none");
});
