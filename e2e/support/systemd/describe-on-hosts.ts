import { describe, it } from "vitest";
import { whyNot } from "./why-not";

declare module "vitest" {
  interface TaskMeta {
    /** Why a test was skipped on this machine; `npm test` lists it. */
    skipped?: string;
  }
}

/** A suite on real systemd hosts. Where none can be booted it is skipped as one test, with the reason. */
export function describeOnHosts(name: string, body: () => void): void {
  const why = whyNot();
  if (why === null) return void describe(name, body);
  it(name, (context) => {
    context.task.meta.skipped = why;
    context.skip(why);
  });
}
