import { describe, it } from "vitest";
import { whyNoPrometheus } from "./why-no-prometheus";

/** A suite with Debian's Prometheus. Where there is none it is skipped as one test, with the reason. */
export function describeWithPrometheus(name: string, body: () => void): void {
  const why = whyNoPrometheus();
  if (why === null) return void describe(name, body);
  it(name, (context) => {
    context.task.meta.skipped = why;
    context.skip(why);
  });
}
