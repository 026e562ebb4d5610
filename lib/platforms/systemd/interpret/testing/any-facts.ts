import fc from "fast-check";
import type { UnitFact, UnitProperties } from "../../unit-facts";
import { unitStates } from "../memory";
import { at, lifeA, lifeB } from "./story";

const instant = fc.option(
  fc.integer({ min: 0, max: 20_000 }).map((ms) => at(ms)),
  { nil: null, freq: 5 },
);
const word = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const properties: fc.Arbitrary<UnitProperties> = fc.record(
  {
    loadState: word("loaded", "masked", "not-found"),
    activeState: word(
      "active",
      "reloading",
      "inactive",
      "failed",
      "activating",
      "deactivating",
      "maintenance",
      "refreshing",
      "from-a-later-systemd",
    ),
    subState: word(
      "running",
      "dead",
      "start",
      "auto-restart",
      "auto-restart-queued",
      "exited",
      "failed",
      "x",
    ),
    job: word(0, 1, 2, 3),
    stateChange: instant,
    inactiveExit: instant,
    activeEnter: instant,
    activeExit: instant,
    inactiveEnter: instant,
    conditionAt: instant,
    conditionResult: fc.boolean(),
    invocation: word("", lifeA, lifeB, "c".repeat(32)),
    type: word("simple", "notify", "oneshot", "forking"),
    result: word(
      "success",
      "exit-code",
      "signal",
      "timeout",
      "watchdog",
      "start-limit-hit",
      "exec-condition",
      "new",
    ),
    nRestarts: word(0, 1, 2),
    execMainCode: word(0, 1, 2, 3),
    execMainStatus: word(0, 1, 15, 99),
    restartUs: word(0, 3_000_000, Number.MAX_VALUE),
    statusText: word("", "warming up"),
  },
  { requiredKeys: [] },
);

const job = word(1, 2, 3);
const context = word({ actor: "anna", commandId: "c1" }, { actor: "ben", commandId: "c2" });

/** All that a fact holds but when it was seen. */
const body: fc.Arbitrary<object> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ tag: word("properties" as const), whole: fc.boolean(), properties }) },
  {
    weight: 2,
    arbitrary: fc.record({ tag: word("job-new" as const), job, together: word([], ["y.service"]) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      tag: word("job" as const),
      job,
      type: word("start", "stop", "restart", "reload"),
      state: word("waiting", "running"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      tag: word("job-removed" as const),
      job,
      result: word("done", "canceled", "failed", "dependency", "assert"),
    }),
  },
  fc.record({ tag: word("commanded" as const), event: word("start", "stop", "restart", "reset"), context }),
  fc.record({
    tag: word("command-answered" as const),
    commandId: word("c1", "c2"),
    job: word(null, 1, 2, 3),
    error: word(null, "Access denied"),
  }),
  fc.record({ tag: word("manager" as const), phase: word("starting", "running", "stopping") }),
  fc.record({
    tag: word("opened" as const),
    bootId: word("e".repeat(32), "f".repeat(32)),
    state: word(null, ...unitStates, "Syncing"),
    since: fc.option(
      fc.integer({ min: 0, max: 9000 }).map((ms) => at(ms).at),
      { nil: null },
    ),
    clockOffsetUs: word(null, 0, -5_000_000),
  }),
  fc.record({
    tag: word("journal" as const),
    entry: fc.record({
      cursor: word("c"),
      at: word(at(1).at),
      monotonic: word(null),
      bootId: word("f".repeat(32)),
      unit: word("x.service"),
      invocation: word("", lifeA, lifeB),
      messageId: word(null, "98e322203f7a4ed290d09fe03c09fe15", "5eb03494b6584870a536b337290809b3"),
      message: word(
        "Start request repeated too quickly.",
        "Sent signal SIGTERM to main process 1 (x) on client request.",
      ),
      priority: word(6),
      pid: word(1, 77, null),
      fields: word<Record<string, string>>(
        {},
        { COMMAND: "ExecStop", EXIT_CODE: "exited", EXIT_STATUS: "5" },
        { N_RESTARTS: "4" },
      ),
    }),
  }),
  fc.record({ tag: word("clock" as const), clockOffsetUs: word(0, -5_000_000, 3_600_000_000) }),
  { weight: 3, arbitrary: fc.record({ tag: word("tick" as const) }) },
);

/** Any sequence of facts of one unit, sensible or not; time does not go back in it. */
export const anyFacts: fc.Arbitrary<UnitFact[]> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1500 }), body), { maxLength: 60 })
  .map((told) => {
    let ms = 0;
    return told.map(([later, fact]) => {
      ms += later;
      return { seen: at(ms), ...fact } as UnitFact;
    });
  });
