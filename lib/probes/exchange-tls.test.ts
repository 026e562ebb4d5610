import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { makeCertificate, whyNoCertificates } from "./test-certificates";
import { listen } from "./test-server";

declare module "vitest" {
  interface TaskMeta {
    skipped?: string;
  }
}

const why = whyNoCertificates();
const folder = mkdtempSync(join(tmpdir(), "signalbox-tls-"));
const program = join(folder, "ask.mjs");
const run = promisify(execFile);

/** Asks an address in a process of its own: whom Node trusts is settled when it starts. */
beforeAll(async () => {
  const source = `import { connect } from "node:net";
    import { createExchange } from ${JSON.stringify(join(import.meta.dirname, "exchange.ts"))};
    const [url, port] = process.argv.slice(2);
    const dial = port === "" ? undefined : async () => connect(Number(port), "127.0.0.1");
    const exchange = createExchange({ dial });
    const ask = () => exchange.ask({ url, timeoutMs: 20000, signal: new AbortController().signal });
    try {
      await ask();
      const { status, body, certificateEnds } = await ask();
      console.log(JSON.stringify({ status, body, certificateEnds }));
    } catch ({ failure, message, mend }) {
      console.log(JSON.stringify({ failure, message, mend }));
    }
    exchange.close();`;
  await build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: program,
  });
  return () => rmSync(folder, { recursive: true });
});

async function serveTls(name: string, days: number) {
  const { key, cert } = makeCertificate(name, days);
  const server = await listen(createServer({ key, cert }, (_, response) => response.end("well")));
  const trusted = mkdtempSync(join(tmpdir(), "signalbox-tls-"));
  onTestFinished(() => rmSync(trusted, { recursive: true }));
  writeFileSync(join(trusted, "authority.pem"), cert);
  return { ...server, trusted: join(trusted, "authority.pem") };
}

async function ask(url: string, trusted: string | null, dialledPort = "") {
  const env = { ...process.env, ...(trusted === null ? {} : { NODE_EXTRA_CA_CERTS: trusted }) };
  const { stdout } = await run(process.execPath, [program, url, dialledPort], { env });
  return JSON.parse(stdout);
}

const certified = (name: string, body: () => Promise<void>) =>
  test(name, async (context) => {
    if (why !== null) {
      context.task.meta.skipped = why;
      context.skip(why);
    }
    await body();
  });

certified(
  "a certificate's end is told with each answer, also on a kept connection and through a dialled one",
  async () => {
    const { port, trusted, connections } = await serveTls("localhost", 3);
    for (const dialled of ["", String(port)]) {
      const answer = await ask(`https://localhost:${port}/`, trusted, dialled);
      expect(answer).toMatchObject({ status: 200, body: "well" });
      const leftDays = (answer.certificateEnds / 1000 - Date.now()) / 86_400_000;
      expect(leftDays).toBeGreaterThan(2.9);
      expect(leftDays).toBeLessThan(3.1);
    }
    expect(connections()).toBe(2);
  },
);

certified(
  "a certificate of an unknown authority is not accepted, and the option that mends it is said",
  async () => {
    const { port } = await serveTls("localhost", 3);
    expect(await ask(`https://localhost:${port}/`, null)).toEqual({
      failure: "unreachable",
      message: "certificate not accepted: self-signed certificate",
      mend: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
  },
);

certified("a certificate that has ended is not accepted", async () => {
  const { port, trusted } = await serveTls("localhost", -1);
  expect(await ask(`https://localhost:${port}/`, trusted)).toEqual({
    failure: "unreachable",
    message: "certificate not accepted: certificate has expired",
  });
});

certified(
  "a certificate for another name is not accepted, here or through a dialled connection",
  async () => {
    const { port, trusted } = await serveTls("other.example.net", 3);
    for (const dialled of ["", String(port)]) {
      const failed = await ask(`https://localhost:${port}/`, trusted, dialled);
      expect(failed.failure).toBe("unreachable");
      expect(failed.message).toMatch(/^certificate not accepted: .*altnames.*other\.example\.net/);
    }
  },
);
