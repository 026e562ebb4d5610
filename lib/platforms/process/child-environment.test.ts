import { expect, test } from "vitest";
import { childEnvironment } from "./child-environment";

const marks = { SIGNALBOX_SERVICE: "i:toys/web", SIGNALBOX_INVOCATION: "1" };

function environment(ours: Record<string, string>, asked: Record<string, string> = {}) {
  return childEnvironment({ ours, withheld: ["SECRET"], asked, mark: "i:toys/web", invocation: "1" });
}

test("a child does not get what is meant for Signalbox itself, nor secrets", () => {
  const ours = {
    PORT: "4600",
    HOST: "127.0.0.1",
    INIT_CWD: "/srv/signalbox",
    npm_config_prefix: "/usr",
    npm_lifecycle_event: "start",
    NODE_CHANNEL_FD: "3",
    NODE_CHANNEL_SERIALIZATION_MODE: "json",
    SIGNALBOX_DATA: "/var/lib/signalbox",
    SECRET: "x",
  };
  expect(environment(ours)).toEqual(marks);
});

test("a child gets what else there is, and what it asks for whatever its name", () => {
  const ours = { PATH: "/usr/bin", NODE_ENV: "production", NODE_OPTIONS: "--no-warnings", LANG: "C" };
  const asked = { PORT: "9001", HOST: "0.0.0.0", npm_config_cache: "/tmp/npm", LANG: "en" };
  expect(environment(ours, asked)).toEqual({ ...ours, ...asked, ...marks });
});
