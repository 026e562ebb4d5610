import path from "node:path";
import { expect, test } from "@playwright/test";
import { shellBlocks } from "../docs/hosts/shell-blocks";
import { until } from "./support/processes";
import { root } from "./support/signalbox";
import { SystemdHost } from "./support/systemd-host";

const why = SystemdHost.whyNot();
const fleet = `hosts:
  toys: { platform: process }
services:
  - { host: toys, name: rests, command: [sleep, infinity], autostart: true }
`;
/** Node where the page's unit expects it, wherever this machine has it. */
const node = `[Service]
Environment=PATH=/opt/node/bin:/usr/bin:/bin
ExecStart=
ExecStart=/opt/node/bin/node scripts/start.mjs
`;

test("Signalbox runs as a systemd service of its own user, and a stop is a success", async () => {
  test.skip(why !== null, why ?? "");
  test.setTimeout(300_000);
  const home = path.resolve(process.execPath, "../..");
  // Below /usr it is there already, and is not shown twice.
  const elsewhere = !home.startsWith("/usr");
  const host = await SystemdHost.boot({
    name: "box",
    copies: { "/opt/signalbox": root, ...(elsewhere ? { "/opt/node": home } : {}) },
    files: {
      "/etc/signalbox/signalbox.yaml": fleet,
      ...(elsewhere ? { "/etc/systemd/system/signalbox.service.d/node.conf": node } : {}),
    },
  });
  try {
    const [account, install] = shellBlocks("Signalbox itself").split(/^(?=install -m)/m);
    await inside(host, account ?? "");
    // Here stands what the page clones; the build is there already, and belongs to whoever built it.
    await inside(host, "mkdir -p /opt/signalbox/.build; chown -R signalbox: /opt/signalbox/.build");
    await inside(host, `cd /opt/signalbox\n${install}`);
    const asked = () => host.run("curl", "-sf", "http://127.0.0.1:4600/readyz");
    await until("it serves", async () => (await asked()).code === 0, 200_000).catch(async (error) => {
      const log = await host.run("journalctl", "-u", "signalbox", "-o", "cat", "--no-pager");
      const { stdout } = await host.run("curl", "-s", "http://127.0.0.1:4600/readyz");
      throw new Error(`${error.message}\n${stdout}\n${log.stdout}`);
    });
    const log = await host.run("journalctl", "-u", "signalbox", "-o", "cat", "--no-pager");
    expect(log.stdout).toContain("sign this browser in: http");
    const users = await host.run("ps", "-o", "user=", "--ppid", await shown(host, "MainPID"));
    expect(new Set(users.stdout.split("\n").filter(Boolean))).toEqual(new Set(["signalbox"]));

    expect((await host.systemctl("stop", "signalbox.service")).code).toBe(0);
    expect(await shown(host, "ActiveState")).toBe("inactive");
    expect(await shown(host, "Result")).toBe("success");
    expect((await host.run("pgrep", "-u", "signalbox", "-a")).stdout, "database and children too").toBe("");
  } finally {
    await host.halt();
  }
});

async function inside(host: SystemdHost, script: string): Promise<void> {
  const { code, stdout, stderr } = await host.run("sh", "-euc", script);
  expect(code, `${script}\n${stdout}${stderr}`).toBe(0);
}

async function shown(host: SystemdHost, property: string): Promise<string> {
  return (await host.systemctl("show", "--value", "-p", property, "signalbox.service")).stdout.trim();
}
