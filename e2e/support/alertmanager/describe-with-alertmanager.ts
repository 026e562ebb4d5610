import { existsSync } from "node:fs";
import { describe, it } from "vitest";
import { program } from "./test-alertmanager";

/** A suite with a real Alertmanager. Without one it is skipped as one test, with the reason. */
export function describeWithAlertmanager(name: string, body: () => void): void {
  if (existsSync(program)) return void describe(name, body);
  it(name, (context) => {
    const why = `${program} is not installed (node scripts/install-test-peers.mjs)`;
    Object.assign(context.task.meta, { skipped: why });
    context.skip(why);
  });
}
