import type { Machine } from "@/lib/machine/types";
import type { Check } from "@/lib/wire/application";
import type { Service } from "@/lib/wire/service";

/** What the application says where it is not asked as an application. */
export type Silence =
  /** In this state there is nobody to ask. */
  | { readonly tag: "nobody" }
  /** Nothing that is asked has come back yet. */
  | { readonly tag: "not-yet" }
  /** Its platform checks its health, and that alone is known. */
  | { readonly tag: "health"; readonly checks: readonly Check[] }
  /** No health check is configured: nothing of what would verify its state is looked at. */
  | { readonly tag: "unchecked"; readonly checks: readonly Check[] };

const healthCheck = "Health check endpoint responding";

/** What is to be said of a service without an `application`: of its state's verification, in the specification's words. */
export function silenceOf({ state, kind, health }: Service, machine: Machine): Silence {
  const words = machine.states.find(({ name }) => name === state)?.verification ?? [];
  if (words.length === 0) return { tag: "nobody" };
  if (kind !== "service") return { tag: "not-yet" };
  const result = healthResults[health.status];
  const checks = words.map((what): Check => {
    return what === healthCheck && result !== "unknown"
      ? { what, result, detail: health.detail }
      : { what, result: "unknown", detail: "" };
  });
  return { tag: result === "unknown" ? "unchecked" : "health", checks };
}

const healthResults: Readonly<Record<Service["health"]["status"], Check["result"]>> = {
  ok: "yes",
  degraded: "yes",
  failing: "no",
  unknown: "unknown",
};
