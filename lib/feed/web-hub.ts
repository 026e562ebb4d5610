import { parseTarget, targetVariable } from "@/db/open";
import { Hub } from "./hub";

/** Next evaluates this module several times in one process; the hub is one for all. */
const key = Symbol.for("signalbox.hub");
const shared = globalThis as { [key]?: Hub };

/** The web process's hub. It begins to follow the feed when first asked for, never while building. */
export function webHub(): Hub {
  shared[key] ??= new Hub(parseTarget(process.env[targetVariable]));
  shared[key].start();
  return shared[key];
}

/** Ends every stream of this process and keeps new ones from beginning. */
export async function closeAll(): Promise<void> {
  await shared[key]?.close();
}
