import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { main } from "../replay";

class Lines extends Writable {
  text = "";

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

interface Row {
  readonly service: string;
  readonly from: string | null;
  readonly to: string;
  readonly event: string | null;
  readonly at: string;
  readonly cause: { readonly kind: string; readonly detail: string };
  readonly declared: boolean;
  readonly inferred: boolean;
  readonly health?: { readonly status: string; readonly have: number; readonly want: number };
}

async function replay(...argv: readonly string[]) {
  const [stdout, stderr] = [new Lines(), new Lines()];
  const code = await main(["--kind", "cloudflared", ...argv], { root: "/", cwd: "/", stdout, stderr });
  const rows = stdout.text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
  const words = rows.map(
    ({ from, event, to, declared }) => `${from} ${event}> ${to}${declared ? "" : " (not declared)"}`,
  );
  return { code, rows, words, errors: stderr.text };
}

const captures = new URL("../../probes/cloudflared/captures/", import.meta.url);

function capture(name: string): string {
  return fileURLToPath(new URL(`${name}.jsonl`, captures));
}

function write(name: string, lines: readonly (object | string)[]): string {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-replay-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  writeFileSync(file, text.map((line) => `${line}\n`).join(""));
  return file;
}

const answer = (at: string, count: number, more: object = {}) => ({
  probe: "cloudflared",
  at,
  ready: { status: count > 0 ? 200 : 503, body: { readyConnections: count } },
  ...more,
});

const connect = [
  "Starting connecting> Connecting",
  "Connecting connected> Connected",
  "Connected ready> Running",
];

test("a captured connect replays to Connecting, Connected, Running, with n of 4", async () => {
  const { code, rows, words } = await replay(capture("B-connect.journal"), capture("B-connect.poll"));
  expect(code).toBe(0);
  expect(words).toEqual(["Stopped start> Starting", ...connect]);
  expect(rows.map(({ health }) => health && `${health.status} ${health.have}/${health.want}`)).toEqual([
    undefined,
    "failing 0/4",
    "degraded 1/4",
    "degraded 2/4",
  ]);
  expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).toSorted());
  // 15, 854 and 1493 ms after the journal's first entry.
  expect(rows.slice(1).map(({ at }) => at)).toEqual([
    "2026-11-22T22:15:55.665781Z",
    "2026-11-22T22:15:56.504781Z",
    "2026-11-22T22:15:57.143781Z",
  ]);
  expect(rows[3]?.cause).toEqual({ kind: "service", detail: "2 of 4 connections are registered" });
});

test("the order of the files does not matter", async () => {
  const files = [capture("B-connect.journal"), capture("B-connect.poll")];
  expect(await replay(...files)).toEqual(await replay(...files.toReversed()));
});

test("a poll alone tells what systemd said too, with instants that count from --at", async () => {
  const { rows, words } = await replay("--at", "2026-11-22T22:15:55Z", capture("B-connect.poll"));
  expect(words).toEqual(["null null> Starting", ...connect]);
  expect(rows[0]).toMatchObject({ service: "cloudflared", at: "2026-11-22T22:15:55.015000Z" });
});

test("a start without an edge goes round from Starting over Connecting to Error, and stops when told to", async () => {
  const round = [
    "Starting connecting> Connecting",
    "Connecting initialization failed> Error",
    "Error restart> Starting",
    "Starting connecting> Connecting",
  ];
  const both = await replay(capture("A-no-edge.journal"), capture("A-no-edge.poll"));
  expect(both.words).toEqual([
    "null null> Starting",
    ...round,
    "Connecting stop> Stopping",
    "Stopping stopped successfully> Stopped",
  ]);
  expect(both.rows[2]?.cause).toEqual({ kind: "service-manager", detail: "the start timed out" });
  expect(both.rows[3]?.cause).toEqual({ kind: "service-manager", detail: "automatic restart, attempt 1" });
  expect((await replay(capture("A-no-edge.poll"))).words).toEqual(["null null> Starting", ...round]);
});

test("connect, an edge that goes and comes back, and a stop are one history", async () => {
  // What was polled meanwhile, by the note beside the captures: 503 at 8.5 s, 200 again at 34.2 s.
  const outage = write("C-reconnect.jsonl", [
    answer("2026-11-22T22:16:10Z", 4),
    answer("2026-11-22T22:16:16.1Z", 0),
    answer("2026-11-22T22:16:18Z", 0),
    answer("2026-11-22T22:16:42.1Z", 2),
    answer("2026-11-22T22:16:44Z", 4),
  ]);
  const { rows, words } = await replay(
    ...["B-connect.journal", "B-connect.poll", "C-reconnect.journal"].map(capture),
    outage,
    ...["D-stop.journal", "D-stop.poll"].map(capture),
  );
  expect(words).toEqual([
    "Stopped start> Starting",
    ...connect,
    "Running connection lost> Reconnecting",
    "Reconnecting reconnected> Connected",
    "Connected ready> Running",
    "Running stop> Stopping",
    "Stopping stopped successfully> Stopped",
  ]);
  expect(rows[4]?.cause).toEqual({
    kind: "network",
    detail:
      "no connection with the edge is left; its log: a connection was lost: failed to accept QUIC stream: timeout: no recent network activity",
  });
  expect(rows[6]?.health).toMatchObject({ status: "ok", have: 4, want: 4 });
});

test("answers of our own form need no platform, and --initial says where history stands", async () => {
  const lines = [
    { mark: "the edge goes" },
    answer("2026-11-22T22:16:10Z", 4, { service: "edge" }),
    answer("2026-11-22T22:16:16Z", 0, { service: "edge" }),
    {
      probe: "cloudflared",
      service: "edge",
      at: "2026-11-22T22:16:17Z",
      failed: { failure: "refused", why: "connection refused" },
    },
    answer("2026-11-22T22:16:42Z", 1, { service: "edge" }),
  ];
  const { rows, words } = await replay("--initial", "Running", write("edge.jsonl", lines));
  expect(words).toEqual(["Running connection lost> Reconnecting", "Reconnecting reconnected> Connected"]);
  expect(rows[0]?.service).toBe("edge");
  expect((await replay("--unit", "other", "--initial", "Running", write("edge.jsonl", lines))).words).toEqual(
    [],
  );
});

test.each<[string, readonly (object | string)[], string]>([
  ["of another kind", [{ probe: "besu", at: "2026-11-22T22:16:10Z" }], "line 1 is of a besu probe"],
  [
    "without an instant",
    [answer("2026-11-22T22:16:10Z", 4), answer("yesterday", 4)],
    'line 2 has a wrong or missing "at"',
  ],
  ["without an answer", [{ probe: "cloudflared", at: "2026-11-22T22:16:10Z" }], 'missing "ready"'],
  ["cut short in the middle", [answer("2026-11-22T22:16:10Z", 4), '{"probe"', "{}"], "line 2 is no JSON"],
])("a line %s is named", async (_, lines, words) => {
  const file = write("answers.jsonl", lines);
  const { code, errors } = await replay("--initial", "Running", file);
  expect(code).toBe(1);
  expect(errors).toContain(`${file}: `);
  expect(errors).toContain(words);
});

test("a Besu node's answers replay to Syncing, Synced, Running, and back when its peers go", async () => {
  const start = fileURLToPath(
    new URL("../../platforms/systemd/fixtures/captures/05-notify-start.journal.jsonl", import.meta.url),
  );
  const instant = (second: number) => new Date(Date.UTC(2026, 10, 22, 21, 46, second)).toISOString();
  const node = (second: number, more: object = {}) => ({
    probe: "besu",
    at: instant(second),
    syncing: false,
    height: second,
    headAt: instant(second - 1),
    peers: 4,
    ...more,
  });
  const answers = write("node.jsonl", [
    node(33, { syncing: { starting: 0, current: 33, highest: 100 } }),
    ...[36, 38, 40, 42, 44].map((second) => node(second)),
    node(46, { peers: 0 }),
  ]);
  const { words, rows } = await replay("--kind", "besu", start, answers);
  expect(words).toEqual([
    "Stopped start> Starting",
    "Starting sync started> Syncing",
    "Syncing head reached> Synced",
    "Synced ready> Running",
    "Running fell behind> Syncing",
  ]);
  expect(rows.at(-1)?.cause.detail).toContain("no peers");
});

test("an answer that cloudflared would not give moves nothing", async () => {
  const nonsense = {
    probe: "cloudflared",
    at: "2026-11-22T22:16:16Z",
    ready: { status: 200, body: "<html>" },
  };
  expect((await replay("--initial", "Running", write("answers.jsonl", [nonsense]))).words).toEqual([]);
});

test("a service gives no answers: the kind has to be said", async () => {
  const { code, errors } = await replay("--kind", "service", capture("B-connect.poll"));
  expect(code).toBe(1);
  expect(errors).toContain("say --kind");
});

test("--at that is no instant is refused", async () => {
  const { code, errors } = await replay("--at", "noon", capture("B-connect.poll"));
  expect(code).toBe(2);
  expect(errors).toContain("--at is an RFC 3339 instant");
});
