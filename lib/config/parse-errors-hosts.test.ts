import { testMistakes } from "./expect-errors";

testMistakes([
  [
    "a host's unknown key",
    "hosts:\n  here:\n    vai: [ssh, h]",
    3,
    /unknown key `vai` in a systemd host; did you mean `via`\? allowed: platform, via, shell, bus/,
  ],
  ["a host's bad name", "hosts:\n  ok: {}\n  -bad: {}", 3, /`-bad`: a host's name is letters, digits/],
  ["a host's name with a slash", "hosts: { a/b: {} }", 1, /`a\/b`: a host's name/],
  ["a host's empty name", 'hosts: { "": {} }', 1, /"": a host's name/],
  [
    "an unknown platform",
    "hosts:\n  h: { platform: docker }",
    2,
    /`docker`: must be systemd or process \(in `platform`\)/,
  ],
  [
    "via as one text",
    "hosts:\n  h: { via: ssh h }",
    2,
    /`ssh h`: via is a list of words, such as \[ssh, root@node1.example.net\]/,
  ],
  ["an empty via", "hosts: { h: { via: [] } }", 1, /an empty list: via is a list/],
  ["an unknown shell", "hosts: { h: { shell: bash } }", 1, /`bash`: must be none or posix/],
  [
    "a bus that is no address",
    "hosts: { h: { bus: /run/bus } }",
    1,
    /`\/run\/bus`: a bus address is a transport/,
  ],
  [
    "via on a process host",
    "hosts:\n  h:\n    platform: process\n    via: [ssh]",
    4,
    /`via` belongs to a systemd host, and this one has `platform: process`/,
  ],
]);
