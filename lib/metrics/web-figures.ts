import { Gauge } from "prom-client";
import { subscriberCount } from "../feed/subscribe";
import type { Family } from "./family";
import { declared, ProcessFigures } from "./process-figures";
import { publish, publishedFamilies } from "./published";

/** Next evaluates this module several times in one process; its figures are one set. */
const key = Symbol.for("signalbox.web-figures");
const shared = globalThis as { [key]?: ProcessFigures };

/** Begins to sample what the web process tells of itself. */
export function startWebFigures(): ProcessFigures {
  if (shared[key]) return shared[key];
  const figures = new ProcessFigures();
  new Gauge({
    ...declared("signalbox_feed_subscribers", figures.registry),
    collect() {
      this.set(subscriberCount());
    },
  });
  shared[key] = figures;
  return figures;
}

/** The web process's figures of itself; they need no database. */
export async function webFamilies(): Promise<Family[]> {
  return publishedFamilies(await publish(startWebFigures().registry), { process: "web" });
}
