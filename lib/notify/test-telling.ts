import type { Alert } from "../wire/alert";
import type { AlertTelling, Delivery, Telling } from "./telling";

/** Alerts and deliveries as tests of channels need them. */

export const base = "https://box.example.net";

export function alertOf(changes: Partial<Alert> = {}): Alert {
  return {
    id: "alert-1",
    rule: "error",
    severity: "critical",
    status: "firing",
    host: "toys",
    service: "toys/echo",
    group: null,
    since: "2026-11-28T05:00:00.123456Z",
    firedAt: "2026-11-28T05:05:00.123456Z",
    resolvedAt: null,
    resolvedBecause: null,
    summary: "echo is in Error for 5 min",
    why: "It exited with code 3.",
    todo: "Read its log, mend what it says, and restart it.",
    acknowledged: null,
    silencedBy: null,
    ...changes,
  };
}

export function tellingOf(changes: Partial<AlertTelling> = {}): AlertTelling {
  const at = "2026-11-28T05:05:00.123456Z";
  return {
    ...{ tag: "alert", what: "fired", at, actor: null, note: null, runbook: null },
    alert: alertOf(),
    ...changes,
  };
}

export const overTelling = tellingOf({
  what: "resolved",
  at: "2026-11-28T05:12:00.123456Z",
  alert: alertOf({
    status: "resolved",
    resolvedAt: "2026-11-28T05:12:00.123456Z",
    resolvedBecause: "It is Running again.",
  }),
});

export const testTelling: Telling = { tag: "test", at: "2026-11-28T05:00:00.000000Z", by: "local operator" };

export function deliveryOf(first: Telling = tellingOf(), ...rest: Telling[]): Delivery {
  return { id: "0b54dc44-9a8e-4a6f-a8f0-3f1f2f3f4f5f", tellings: [first, ...rest], repliesTo: null };
}
