import type { Page } from "@playwright/test";

/** Watches the row of a service for the word `state`; resolves with the instant of the change. */
export function watchRow(page: Page, name: string, state: string): Promise<number> {
  return page.evaluate(
    ([wanted, word]) =>
      new Promise<number>((resolve) => {
        const row = [...document.querySelectorAll("tr")].find((each) =>
          [...each.querySelectorAll("a")].some((link) => link.textContent === wanted),
        );
        if (!row) throw new Error(`no row ${wanted}`);
        const observer = new MutationObserver(() => {
          if (!row.textContent?.includes(word ?? "")) return;
          observer.disconnect();
          resolve(performance.timeOrigin + performance.now());
        });
        observer.observe(row, { childList: true, subtree: true, characterData: true, attributes: true });
      }),
    [name, state] as const,
  );
}
