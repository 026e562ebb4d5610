import type { Page } from "@playwright/test";

export interface Smoothness {
  /** Between two frames that the page could draw, in ms. */
  readonly framesP50: number;
  readonly framesP95: number;
  readonly worstFrame: number;
  /** Work that held the page up for more than 50 ms, and how long in all. */
  readonly longTasks: number;
  readonly longTasksMs: number;
}

/** How evenly the page draws while `act` goes on, as the page itself sees it. */
export async function smoothness(page: Page, act: () => Promise<void>): Promise<Smoothness> {
  await page.evaluate(() => {
    const watch = { frames: [] as number[], long: [] as number[], on: true };
    Object.assign(window, { smoothnessWatch: watch });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watch.long.push(duration);
    }).observe({ type: "longtask" });
    let before = performance.now();
    const onFrame = (now: number) => {
      watch.frames.push(now - before);
      before = now;
      if (watch.on) requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  });
  await act();
  const { frames, long } = await page.evaluate(() => {
    const { smoothnessWatch } = window as unknown as {
      smoothnessWatch: { frames: number[]; long: number[]; on: boolean };
    };
    smoothnessWatch.on = false;
    return { frames: smoothnessWatch.frames.slice(1), long: smoothnessWatch.long };
  });
  const sorted = frames.sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return {
    framesP50: at(0.5),
    framesP95: at(0.95),
    worstFrame: at(1),
    longTasks: long.length,
    longTasksMs: Math.round(long.reduce((sum, ms) => sum + ms, 0)),
  };
}
