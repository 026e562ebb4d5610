import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { fleetFolder, freePort, Signalbox } from "./support/signalbox";

const fleet = `
alerts: { error: 7s }
hosts:
  toys: { platform: process }
services:
  - { host: toys, name: steady, command: [node, steady.mjs], cwd: "${fleetFolder}" }
`;

let signalbox: Signalbox;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(fleet);
});
test.afterAll(async () => signalbox?.remove());

async function open(page: Page, of: Signalbox): Promise<void> {
  await page.goto(of.link);
  await page.goto(`${of.address}/settings`);
}

test("the settings say which rules hold, as the configuration has them", async ({ page }) => {
  await open(page, signalbox);
  const rule = page
    .getByRole("table", { name: "Alert rules" })
    .getByRole("row", { name: /Service in Error/ });
  await expect(rule).toContainText("7 s");
  await expect(rule).toContainText("Critical");
  await expect(rule).toContainText("the specification");
});

test("a browser that refuses notifications is said to, plainly", async ({ page }) => {
  await open(page, signalbox);
  // Without anybody to ask, this one refuses.
  await page.getByLabel("Every alert").click();
  await expect(page.getByText(/This browser refuses notifications from Signalbox/)).toBeVisible();
  await expect(page.getByLabel("Nothing")).toBeChecked();
});

test("without channels it is said that nobody is told, and how to change that", async ({ page }) => {
  await open(page, signalbox);
  await expect(page.getByText("Nobody is told outside this page")).toBeVisible();
});

test("a test of a channel is shown until it was taken, or why it was not", async ({ page }) => {
  const received: string[] = [];
  const receiver = await listen(received);
  const { port } = receiver.address() as AddressInfo;
  const told = await Signalbox.start(`${fleet}
notify:
  channels:
    good: { webhook: { url: "http://127.0.0.1:${port}/", secret: a-secret-of-some-length } }
    away: { webhook: { url: "http://127.0.0.1:${await freePort()}/", secret: a-secret-of-some-length } }
`);
  await open(page, told);
  const entry = (name: string) =>
    page
      .getByRole("list", { name: "Notification channels" })
      .getByRole("listitem")
      .filter({ has: page.getByRole("heading", { name }) });
  await expect(entry("good")).toContainText("nothing sent yet");
  await entry("good").getByRole("button", { name: "Send a test to good" }).click();
  await expect(entry("good").getByRole("status", { name: "Test" })).toHaveText(/^Test sent/);
  await expect(entry("good")).toContainText("last sent");
  expect(received).toHaveLength(1);
  await entry("away").getByRole("button", { name: "Send a test to away" }).click();
  await expect(entry("away").getByRole("status", { name: "Test" })).toHaveText(/^Test not sent: ./);
  await page.reload();
  await expect(entry("away")).toContainText(/Last error, .* ago: ./);
  receiver.close();
  await told.remove();
});

/** A receiver that takes everything. */
async function listen(received: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      received.push(body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
