import { type Browser, chromium, type Page } from "@playwright/test";
import type { Signalbox } from "../e2e/support/signalbox";
import { pageClockOffsetMs } from "./monotonic";

/** The fleet page in a real Chromium, with instants of the page on this machine's monotonic clock. */
export class FleetPage {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #offsetMs: number;

  private constructor(browser: Browser, page: Page, offsetMs: number) {
    this.#browser = browser;
    this.page = page;
    this.#offsetMs = offsetMs;
  }

  static async open(executablePath: string, signalbox: Signalbox): Promise<FleetPage> {
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    await page.goto(signalbox.link);
    await page.getByText("Live").first().waitFor();
    await page.locator("tr a").first().waitFor();
    return new FleetPage(browser, page, await pageClockOffsetMs(page));
  }

  /** The services whose rows stand on the screen. */
  async visibleNames(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll("tr a")].map((link) => link.textContent ?? ""),
    );
  }

  /** Resolves, once the page watches, with a promise of when the service's row shows the word `state`. */
  async watch(name: string, state: string): Promise<() => Promise<number>> {
    const key = await this.page.evaluate(
      ([wanted, word]) => {
        const row = [...document.querySelectorAll("tr")].find((each) =>
          [...each.querySelectorAll("a")].some((link) => link.textContent === wanted),
        );
        if (!row) throw new Error(`no row ${wanted}`);
        const painted = new Promise<number>((resolve) => {
          const look = () => {
            if (!row.querySelector(".fleet-state")?.textContent?.startsWith(word)) return;
            observer.disconnect();
            resolve(performance.now());
          };
          const observer = new MutationObserver(look);
          observer.observe(row, { childList: true, subtree: true, characterData: true, attributes: true });
        });
        const key = `bench ${wanted} ${word} ${performance.now()}`;
        Object.assign(window, { [key]: painted });
        return key;
      },
      [name, state] as const,
    );
    return async () => {
      const at = await this.page.evaluate(
        (kept) => (window as unknown as Record<string, Promise<number>>)[kept],
        key,
      );
      if (at === undefined) throw new Error("the page was loaded anew");
      return at + this.#offsetMs;
    };
  }

  /** Clicks; resolves with the instant of the click itself. */
  async click(button: string): Promise<number> {
    const found = this.page.getByRole("button", { name: button, exact: true });
    const pressed = found.evaluate(
      (element) =>
        new Promise<number>((resolve) => {
          element.addEventListener("click", ({ timeStamp }) => resolve(timeStamp), {
            once: true,
            capture: true,
          });
        }),
    );
    await found.and(this.page.locator(":not([aria-disabled=true])")).click();
    return (await pressed) + this.#offsetMs;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
