import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import os from "node:os";
import path from "node:path";
import { chooseRunAs, runAs } from "../../db/embedded/run-as";
import { until } from "./processes";
import { freePort } from "./signalbox";

const program = "/usr/sbin/pgbouncer";

export const whyNoPooler = existsSync(program) ? null : `there is no pgbouncer in ${path.dirname(program)}`;

/** A pooler before the server at `port`. @returns its URL, and how to end it. */
export async function startPooler(port: number, mode: "session" | "transaction") {
  const folder = mkdtempSync(path.join(os.tmpdir(), "sb-pool-"));
  const own = await freePort();
  const file = path.join(folder, "pgbouncer.ini");
  writeFileSync(
    file,
    `[databases]
signalbox = host=127.0.0.1 port=${port} user=signalbox dbname=signalbox
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = 30
ignore_startup_parameters = statement_timeout
`,
  );
  const { argv, options } = runAs(await chooseRunAs(), [program, "-q", file]);
  const child = spawn(argv[0], argv.slice(1), { ...options, stdio: "ignore" });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  await until("the pooler listens", () => listens(own), 10_000);
  return {
    url: `postgres://signalbox@127.0.0.1:${own}/signalbox`,
    end: async () => {
      child.kill("SIGKILL");
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const say = (there: boolean) => {
      socket.destroy();
      resolve(there);
    };
    socket.once("connect", () => say(true)).once("error", () => say(false));
  });
}
