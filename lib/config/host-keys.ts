import { z } from "zod";
import { keysOf } from "./keys-of";
import { choice, duration, listOf, words } from "./values";

/** The keys of a host: `hosts.NAME` in signalbox.yaml. */

const platforms = ["systemd", "process"] as const;

const busWords =
  "a bus address is a transport, a colon and its settings, such as unix:path=/run/dbus/system_bus_socket";

const platform = choice(platforms)
  .optional()
  .describe("What runs the services: systemd (the default), or Signalbox itself as plain processes.");

export const systemdHostKeys = keysOf("a systemd host", {
  platform,
  via: listOf(
    words("a word of a command is a text that is not empty", (word) => word !== ""),
    viaWords(),
    1,
  )
    .optional()
    .describe("The command prefix that runs a command on the host, word by word."),
  shell: choice(["none", "posix"])
    .optional()
    .describe(
      "How the words after the prefix are quoted: not at all, or once for a POSIX shell. Default: once for each ssh in via.",
    ),
  bus: words(busWords, (text) => /^[a-z][a-z0-9-]*:[^\s\p{Cc}]+$/u.test(text))
    .optional()
    .describe("The D-Bus address of the host's systemd, if it is not the system bus."),
  history: duration("0s", "3650d")
    .prefault("30d")
    .describe("How far back the host's journal is read when it is first watched."),
});

const ofSystemd = "a systemd host, and this one has `platform: process`";

export const processHostKeys = keysOf(
  "a process host",
  { platform },
  { via: ofSystemd, shell: ofSystemd, bus: ofSystemd, history: ofSystemd },
);

function viaWords(): string {
  return "via is a list of words, such as [ssh, root@node1.example.net]";
}

/** Either kind of host; nothing after the name means this machine's systemd. */
export const hostKeys = z.union([systemdHostKeys, processHostKeys.required()]).nullable();

/** The platform that a host's `platform` key says; null if it is none that is known. */
export function platformOf(text: string | null): (typeof platforms)[number] | null {
  return platforms.find((known) => known === (text ?? "systemd")) ?? null;
}
