import { setTimeout as sleep } from "node:timers/promises";

/** Resolves when the web process answers, or when `signal` aborts. */
export async function waitUntilServing(address: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const alive = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (alive) return;
    await sleep(50);
  }
}
