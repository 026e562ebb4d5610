import { expect, test } from "@playwright/test";
import { kinds, machineOfKind } from "../lib/machine/kinds/machine-of-kind";
import { eventLabel } from "../lib/machine/mermaid";
import { smallFleet } from "./support/fleets";
import { Signalbox } from "./support/signalbox";

let signalbox: Signalbox;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(smallFleet);
});
test.afterAll(async () => signalbox?.remove());

test("the catalogue holds every state and transition, with all that is said of them", async ({ page }) => {
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/machines`);
  for (const kind of kinds) {
    const machine = machineOfKind(kind);
    if (!machine) throw new Error(`no machine of kind ${kind}`);
    const section = page.getByRole("region", { name: kind, exact: true });
    await section.getByRole("heading", { name: kind, level: 2 }).scrollIntoViewIfNeeded();
    await expect(section.getByRole("figure").locator("svg").first()).toBeVisible();
    const missing: string[] = [];
    for (const state of machine.states) {
      const text = (await section.locator(`#${kind}-${state.name}`).textContent()) ?? "";
      const { characteristics, entry, exit, verification, recovery, typicalDuration, description } = state;
      const said = [description, ...characteristics, ...entry, ...exit, ...verification, ...recovery];
      if (typicalDuration) said.push(typicalDuration.text);
      const edges = machine.transitions.filter(({ from }) => from === state.name);
      for (const { to, event, condition, action, why, ...edge } of edges)
        said.push(
          ...[
            to,
            eventLabel(event),
            condition,
            action,
            edge.verification,
            edge.recovery,
            why,
            edge.origin,
          ].filter((word) => word !== undefined),
        );
      missing.push(...said.filter((word) => !text.includes(word.replaceAll("`", ""))));
      expect(await section.locator(`#${kind}-${state.name} li[data-origin]`).count()).toBe(edges.length);
    }
    expect(missing).toEqual([]);
  }
  await page
    .getByRole("region", { name: "service", exact: true })
    .getByRole("link", { name: /^steady/ })
    .click();
  await expect(page.getByRole("heading", { name: "steady" })).toBeVisible();
});

test("a link leads to a state, and its reader goes on from there by keyboard", async ({ page }) => {
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/machines#cloudflared-Reconnecting`);
  const card = page.getByRole("article", { name: "Reconnecting of cloudflared" });
  await expect(card).toBeInViewport();
  await expect(card).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(card.getByRole("link").first()).toBeFocused();
});

test("g and a letter go to every page, and the list of keys names them", async ({ page }) => {
  await page.goto(signalbox.link);
  await expect(page.getByRole("table", { name: "Services" })).toBeVisible();
  for (const [key, heading] of [
    ["h", "History"],
    ["m", "Machines"],
    ["o", "Hosts"],
    ["e", "Health"],
    ["f", "Fleet"],
  ] as const) {
    await expect(async () => {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible({ timeout: 3_000 });
    }).toPass();
    await expect(
      page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: heading }),
    ).toHaveAttribute("aria-current", "page");
  }
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toContainText("Go to Machines");
});

test("health tells engine, database and web process, from the first seconds on", async ({ page }) => {
  await page.goto(signalbox.link);
  await page.goto(`${signalbox.address}/health`);
  const engine = page.getByRole("region", { name: "Engine" });
  await expect(engine).toContainText(/Heard\s*yes/);
  await expect(engine).toContainText(/Memory\s*\d+ MB/);
  await expect(page.getByRole("region", { name: "Database" })).toContainText(/PostgreSQL \d+/);
  await expect(page.getByRole("region", { name: "Web process" })).toContainText(/position \d+/);
});
