import { expect, test } from "vitest";
import { Drive, failed, process, ready } from "./testing/drive";

const s = 1_000_000;

const connected = () =>
  new Drive("Stopped").take(
    process("Starting", 0, "start"),
    ready(0, s),
    process("Running", 2 * s),
    ready(1, 2 * s),
    ready(4, 3 * s),
  );

const details = {
  connections: [
    { index: 0, location: "fra08", edge: "192.0.2.1" },
    { index: 1, location: "ams01", edge: "192.0.2.2" },
  ],
  protocol: "quic",
  version: "2025.4.2",
  want: null,
  requests: 1234,
};

test("each verification of the specification is found, or said why it is not known", () => {
  const { application } = connected().take(ready(2, 4 * s, details)).told ?? {};
  expect(application).toMatchObject({
    says: "2 of 4 connections are registered, over quic",
    asked: "http://127.0.0.1:20241/ready",
    tunnel: { have: 2, want: 4, protocol: "quic", version: "2025.4.2", connections: details.connections },
  });
  expect(application?.checks).toEqual([
    { what: "Health check endpoint responding", result: "yes", detail: "/ready answers HTTP 200" },
    {
      what: "Service logs showing normal operation",
      result: "unknown",
      detail: "its log is not read for this",
    },
    {
      what: "Metrics indicating activity",
      result: "yes",
      detail: "1,234 requests have come through it since its start",
    },
    {
      what: "Connected to Cloudflare's edge",
      result: "yes",
      detail: "/ready says that at least one connection is registered",
    },
    { what: "All connections registered", result: "no", detail: "2 of 4 connections are registered" },
  ]);
});

test("while it is silent nothing of it is claimed", () => {
  const { application } = connected().take(failed(4 * s)).told ?? {};
  expect(application?.checks.map(({ result }) => result)).toEqual([
    "no",
    "unknown",
    "unknown",
    "unknown",
    "unknown",
  ]);
});

test("its log says why, where it is read", () => {
  const drive = connected().take({
    tag: "log",
    at: 7 * s,
    text: '2026-11-22T22:16:16Z ERR Serve tunnel error error="timeout: no recent network activity" connIndex=3',
  });
  expect(drive.take(ready(0, 8 * s)).moves.at(-1)?.cause.detail).toBe(
    "no connection with the edge is left; its log: a connection was lost: timeout: no recent network activity",
  );
  expect(drive.told?.application.checks[1]?.result).toBe("no");
  drive.take({
    tag: "log",
    at: 9 * s,
    text: "2026-11-22T22:16:42Z INF Registered tunnel connection connIndex=2 location=fra08 protocol=quic",
  });
  expect(drive.told?.application.checks[1]?.result).toBe("yes");
});
