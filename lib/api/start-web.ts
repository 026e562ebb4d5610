import { targetVariable } from "@/db/open";
import { markForwardedRequests } from "../auth/forwarding-mark";
import { closeAll, webHub } from "../feed/web-hub";
import { isAlive } from "../is-alive";
import { startWebFigures } from "../metrics/web-figures";
import { logWeb } from "./request-log";

const launcherCheckMs = 1_000;
/** Whatever a request still waits for: the launcher grants two seconds. */
const endWithinMs = 1_500;

const started = Symbol.for("signalbox.web-started");
const shared = globalThis as { [started]?: true };

/** What the web process does beside answering: once, before the first request. */
export function startWeb(): void {
  if (shared[started]) return;
  shared[started] = true;
  markForwardedRequests();
  startWebFigures();
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  endWithLauncher();
  if (process.env[targetVariable]) webHub();
}

/** Next stops listening on the same signals, but waits for open responses, and streams never end. */
function end(signal: NodeJS.Signals): void {
  setTimeout(() => process.exit(signal === "SIGINT" ? 130 : 143), endWithinMs).unref();
  closeAll().catch((error) => logWeb("warn", "the live feed did not close", error));
}

function endWithLauncher(): void {
  const pid = Number(process.env.SIGNALBOX_LAUNCHER_PID);
  if (!Number.isInteger(pid) || pid <= 1) return;
  const timer = setInterval(() => {
    if (isAlive(pid)) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, launcherCheckMs);
  timer.unref();
}
