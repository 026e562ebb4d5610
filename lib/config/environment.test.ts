import { describe, expect, test } from "vitest";
import { readEnvironment, type Settings } from "./environment";

function settingsOf(env: Record<string, string>): Settings {
  const result = readEnvironment(env, "/home/box");
  if (result.tag === "invalid") throw new Error(result.problems.join("; "));
  return result.settings;
}

function problemsOf(env: Record<string, string>): readonly string[] {
  const result = readEnvironment(env, "/home/box");
  return result.tag === "invalid" ? result.problems : [];
}

test("without variables, or with empty ones, there are defaults", () => {
  const defaults = {
    port: 4600,
    host: "127.0.0.1",
    configPath: "/home/box/signalbox.yaml",
    configGiven: false,
    dataFolder: "/home/box/.signalbox",
    databaseUrl: null,
    publicUrl: null,
  };
  expect(settingsOf({})).toEqual(defaults);
  const names = ["PORT", "HOST", "SIGNALBOX_CONFIG", "SIGNALBOX_DATA", "DATABASE_URL", "SIGNALBOX_URL"];
  expect(settingsOf(Object.fromEntries(names.map((name) => [name, ""])))).toEqual(defaults);
});

test("variables set the settings", () => {
  const settings = settingsOf({
    PORT: "65535",
    HOST: "::1",
    SIGNALBOX_CONFIG: "etc/box.yaml",
    SIGNALBOX_DATA: "/var/lib/box",
    DATABASE_URL: "postgres://box:secret@192.0.2.5:5432/box?sslmode=require",
    SIGNALBOX_URL: "https://Box.example.net:8443/",
  });
  expect(settings).toEqual({
    port: 65_535,
    host: "::1",
    configPath: "/home/box/etc/box.yaml",
    configGiven: true,
    dataFolder: "/var/lib/box",
    databaseUrl: "postgres://box:secret@192.0.2.5:5432/box?sslmode=require",
    publicUrl: "https://box.example.net:8443",
  });
});

describe("ports", () => {
  test.each(["0", "65536", "-1", "80.5", "1e3", "http", "0x50", "4600 1"])("%j is refused", (port) => {
    expect(problemsOf({ PORT: port })).toEqual([`PORT: \`${port}\`: must be a port from 1 to 65535`]);
  });
});

describe("hosts", () => {
  test.each(["127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1", "[::1]", "localhost", "LOCALHOST"])(
    "%j is this machine",
    (host) => {
      expect(problemsOf({ HOST: host })).toEqual([]);
    },
  );

  test.each([
    "0.0.0.0",
    "::",
    "192.0.2.1",
    "box.example.net",
    "localhost.example.net",
    "127.0.0.1.example.net",
    "127.1",
  ])("%j is refused while there is no sign-in", (host) => {
    expect(problemsOf({ HOST: host })).toEqual([
      expect.stringMatching(/^HOST: `.*`: there is no sign-in yet.*127\.0\.0\.1, ::1, localhost$/),
    ]);
  });
});

describe("the database's address", () => {
  test.each([
    "postgres://localhost/box",
    "postgresql:///box?host=/run/postgresql",
    "postgres://box:p%40ss@db1.example.net:5432,db2.example.net:5432/box?target_session_attrs=primary",
  ])("%j is taken as it is", (url) => {
    expect(settingsOf({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  test.each([
    "mysql://box:hunter2@localhost/box",
    "hunter2",
    "postgres:hunter2",
    "postgres://box:hunter2@local host/box",
    "postgres://box:hunter2/5@localhost/box",
    "postgres://box:hunter2%zz@localhost/box",
    "postgres://box:hunter2@localhost:port/box",
  ])("%j is refused without a word of it", (url) => {
    const [problem, ...others] = problemsOf({ DATABASE_URL: url });
    expect(others).toEqual([]);
    expect(problem).toMatch(/^DATABASE_URL: .*postgres:\/\//);
    expect(problem).not.toContain("hunter2");
  });
});

describe("the public address", () => {
  test.each([
    "box.example.net",
    "ftp://box.example.net",
    "https://box.example.net/path",
    "https://box.example.net/?a",
    "https://",
  ])("%j is refused", (url) => {
    expect(problemsOf({ SIGNALBOX_URL: url })).toEqual([
      expect.stringContaining("https://signalbox.example.net"),
    ]);
  });

  test("one with a password is refused without it", () => {
    const [problem] = problemsOf({ SIGNALBOX_URL: "https://me:hunter2@box.example.net" });
    expect(problem).toBe("SIGNALBOX_URL: must be a URL without a user name or password");
  });
});

test("all bad values are told at once, a line each", () => {
  const problems = problemsOf({ PORT: "x\ny", HOST: "0.0.0.0", DATABASE_URL: "x", SIGNALBOX_URL: "y" });
  expect(problems).toHaveLength(4);
  expect(problems.join("")).not.toContain("\n");
});
