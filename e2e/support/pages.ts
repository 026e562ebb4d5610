import type { Locator, Page } from "@playwright/test";
import type { Signalbox } from "./signalbox";

/** What a person looks for on the pages, by what assistive technology sees of it. */

/** Signs the browser in and goes there. */
export async function openPage(page: Page, signalbox: Signalbox, address: string): Promise<void> {
  await page.goto(signalbox.link);
  await page.goto(signalbox.address + address);
}

export function state(page: Page): Locator {
  return page.getByRole("status", { name: "Current state" });
}

/** The table of moves of a service's page. */
export function moves(page: Page): Locator {
  return page.getByRole("table", { name: "Transition history" });
}

/** The lever of a service's page; the diagram has it once more. */
export function button(page: Page, name: string): Locator {
  return page.getByRole("button", { name, exact: true }).first();
}

/** One service of the fleet page. */
export function row(page: Page, id: string): Locator {
  const link = page.locator(`a[href$="/services/${id}"]`);
  return page.getByRole("table", { name: "Services" }).locator("tr", { has: link });
}

/**
 * Looks at every change of the page from now on.
 * @returns what asks which services of the host were drawn as not observed meanwhile, however briefly.
 */
export async function watchHatching(page: Page, host: string): Promise<() => Promise<string[]>> {
  const seen = await page.evaluateHandle((prefix) => {
    const names = new Set<string>();
    const look = () => {
      for (const link of document.querySelectorAll(`table a[href^="${prefix}"]`))
        if (link.closest("tr")?.querySelector('[data-observed="false"]')) names.add(link.textContent ?? "");
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    return names;
  }, `/services/${host}/`);
  return () => seen.evaluate((names) => [...names]);
}
