import { existsSync } from "node:fs";
import path from "node:path";
import type { Settings } from "../config/environment";
import { formatIssue } from "../config/issue";
import { loadFleet } from "../config/load";

export interface FleetChoice {
  readonly file: string;
  readonly dataFolder: string;
  readonly demo: boolean;
  /** What the person at the terminal is told about it. */
  readonly notice: string | null;
}

/**
 * The user's fleet, or, where there is no signalbox.yaml and none was asked for, the demo fleet in
 * a data folder of its own.
 * @throws Error with a line per fault when the configuration is not valid.
 */
export async function chooseFleetFile(settings: Settings, root: string): Promise<FleetChoice> {
  const demo = !settings.configGiven && !existsSync(settings.configPath);
  const file = demo ? path.join(root, "demo", "signalbox.yaml") : settings.configPath;
  const loaded = await loadFleet(file);
  if (loaded.tag === "invalid") throw new Error(loaded.issues.map(formatIssue).join("\n"));
  return {
    file,
    demo,
    dataFolder: demo ? path.join(settings.dataFolder, "demo") : settings.dataFolder,
    notice: demo
      ? `There is no ${path.basename(settings.configPath)} here: this is the demo fleet. Write one to watch your own services.`
      : null,
  };
}
