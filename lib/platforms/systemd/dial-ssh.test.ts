import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnHosts } from "../../../e2e/support/systemd/describe-on-hosts";
import { run } from "../../../e2e/support/systemd/run";
import { SystemdHost } from "../../../e2e/support/systemd-host";
import { createExchange } from "../../probes/exchange";
import { createHostDial } from "./dial";
import type { HostAddress } from "./via";

const port = 18_545;
const server = `import { createServer } from "node:http";
import { hostname } from "node:os";
createServer((request, response) => request.url === "/closes" ? request.socket.destroy() : response.end(\`\${hostname()} \${request.headers.host} \${request.url}\`))
  .listen(${port}, "127.0.0.1");
`;
const unit = `[Unit]
Description=Answers on the loopback of its host, and nowhere else
[Service]
ExecStart=${process.execPath} /opt/answers.mjs
[Install]
WantedBy=multi-user.target
`;
const never = new AbortController().signal;

/** Asks from a real host, over real ssh, what only that host's loopback serves. */
describeOnHosts("a probe from a host over ssh", () => {
  let host: SystemdHost;

  beforeAll(async () => {
    host = await SystemdHost.boot({
      name: "inner",
      ssh: true,
      files: { "/opt/answers.mjs": server },
      units: { "answers.service": unit },
    });
    await host.systemctl("start", "answers.service");
    const bash = `until (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null; do sleep 0.1; done`;
    await host.run("bash", "-c", bash);
  }, 240_000);

  afterAll(async () => {
    await host?.halt();
  });

  async function asking(address: HostAddress, url = `http://127.0.0.1:${port}`, times = 1) {
    const exchange = createExchange({ dial: createHostDial(address) });
    try {
      const bodies: string[] = [];
      for (let index = 0; index < times; index++) {
        bodies.push((await exchange.ask({ url: `${url}/${index}`, timeoutMs: 30_000, signal: never })).body);
      }
      return { bodies, processes: childrenOf(process.pid) };
    } finally {
      exchange.close();
    }
  }

  it("is answered by what listens on the host's loopback, and nothing of this machine", async () => {
    const { bodies } = await asking({ via: host.sshCommand });
    expect(bodies).toEqual([`inner 127.0.0.1:${port} /0`]);
    await expect(asking({})).rejects.toMatchObject({ failure: "refused" });
  });

  it("asks twenty times over one stream of one ssh, which ends with it", async () => {
    const before = childrenOf(process.pid).length;
    const { bodies, processes } = await asking({ via: host.sshCommand }, undefined, 20);
    expect(bodies.at(-1)).toBe(`inner 127.0.0.1:${port} /19`);
    expect(processes.filter((words) => words.includes("-W"))).toHaveLength(1);
    await expect.poll(() => childrenOf(process.pid).length).toBe(before);
  });

  it("has names looked up on the host", async () => {
    await host.run("sh", "-c", "echo '127.0.0.1 only-there.example.net' >> /etc/hosts");
    const url = `http://only-there.example.net:${port}`;
    for (const via of [host.sshCommand, host.via, [...host.sshCommand, "env", "--"]]) {
      expect((await asking({ via }, url)).bodies).toEqual([`inner only-there.example.net:${port} /0`]);
    }
  });

  it("is answered through a command there where the prefix does not end in ssh", async () => {
    for (const via of [host.via, [...host.sshCommand, "env", "--"]]) {
      const { bodies, processes } = await asking({ via }, undefined, 3);
      expect(bodies).toHaveLength(3);
      expect(processes.filter((words) => words.includes("-W"))).toEqual([]);
    }
    await expect.poll(async () => (await host.run("pgrep", "-x", "cat")).stdout).toBe("");
  });

  it("where nobody listens is told as refused, and not as a broken way", async () => {
    for (const via of [host.sshCommand, host.via]) {
      await expect(asking({ via }, "http://127.0.0.1:9")).rejects.toMatchObject({
        failure: "refused",
        message: "connection refused",
      });
    }
  });

  it("that is closed without an answer says just that", async () => {
    for (const via of [host.sshCommand, host.via]) {
      const exchange = createExchange({ dial: createHostDial({ via }) });
      const url = `http://127.0.0.1:${port}/closes`;
      await expect(exchange.ask({ url, timeoutMs: 30_000, signal: never })).rejects.toMatchObject({
        failure: "silent",
        message: "connection closed without an answer",
      });
    }
  });

  it("tells in ssh's words that the way to the host is closed", async () => {
    const wrong = [...host.sshCommand.slice(0, -1), "-o", "Port=9", host.sshCommand.at(-1) ?? ""];
    await expect(asking({ via: wrong })).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/^ssh: connect to host .* port 9: Connection refused$/),
    });
  });

  it("goes through a command there where sshd forwards nothing, and remembers it", async () => {
    const config = host.outside("/etc/ssh/test-host.conf");
    const text = readFileSync(config, "utf8");
    writeFileSync(config, `${text}AllowTcpForwarding no\n`);
    await host.systemctl("restart", "ssh.service");
    await expect.poll(async () => (await run([...host.sshCommand, "true"])).code).toBe(0);
    const dial = createHostDial({ via: host.sshCommand });
    const exchange = createExchange({ dial });
    const ask = () => exchange.ask({ url: `http://127.0.0.1:${port}/`, timeoutMs: 30_000, signal: never });
    try {
      for (let index = 0; index < 3; index++) expect((await ask()).body).toMatch(/^inner /);
      exchange.close();
      await expect.poll(async () => (await host.run("pgrep", "-x", "cat")).stdout).toBe("");
      expect((await ask()).body).toMatch(/^inner /);
      expect(childrenOf(process.pid).filter((words) => words.includes("-W"))).toEqual([]);
    } finally {
      exchange.close();
      writeFileSync(config, text);
      await host.systemctl("restart", "ssh.service");
    }
  });
});

/** The words of each process that this one has started and that is still there. */
function childrenOf(parent: number): string[][] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        if (stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] !== String(parent)) return [];
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")];
      } catch {
        return [];
      }
    });
}
