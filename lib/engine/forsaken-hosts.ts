import { readdir } from "node:fs/promises";
import path from "node:path";
import { ProcessPlatform } from "../platforms/process/process-platform";

/**
 * Ends what a killed Signalbox left of process hosts that are no longer in the configuration:
 * nobody else would ever look for them.
 */
export async function endForsakenHosts(
  dataFolder: string,
  instanceId: string,
  configured: ReadonlySet<string>,
): Promise<void> {
  const folder = path.join(dataFolder, "process");
  const names = await readdir(folder).catch(() => []);
  for (const hostName of names.filter((name) => !configured.has(name))) {
    const platform = new ProcessPlatform({
      hostName,
      instanceId,
      stateFolder: path.join(folder, hostName),
      logFolder: path.join(dataFolder, "logs", hostName),
      specs: [],
    });
    await platform.open({ services: [], historyUntil: null }, () => {
      // nothing of such a host is history any more
    });
    await platform.close(1_000);
  }
}
