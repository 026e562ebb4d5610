import { hosts, testMistakes } from "./expect-errors";

testMistakes([
  [
    "unknown key of the file",
    "service: []",
    1,
    /^unknown key `service` in the file; did you mean `services`\? allowed: hosts, services, discover, groups, alerts, history, notify$/,
  ],
  ["a file that is a list", "- a", 1, /this is a list: the file is a map/],
  ["a file that is a word", "fleet", 1, /`fleet`: the file is a map/],
  ["hosts as a list", "hosts: [here]", 1, /this is a list: hosts is a map from names to hosts/],
  ["services as a map", "services:\n  a: 1", 2, /this is a map: services is a list/],
  ["discover as a word", "discover: all", 1, /`all`: discover is a list/],
  ["groups as a number", "groups: 1", 1, /`1`: groups is a map/],
  ["history as a word", "history: long", 1, /`long`: history is a map; allowed: keep/],
  ["too short a history", "history: { keep: 30d }", 1, /`30d`.*from 90d to 36500d/],
  ["an unknown key of history", "history: { kep: 1000d }", 1, /unknown key `kep`.*did you mean `keep`/],
  ["alerts as a list", "alerts: []", 1, /an empty list: alerts is a map; allowed: error, starting/],
  ["a group that no address can name", "groups: { '..': {} }", 1, /`\.\.`: a group is a short text/],
  [
    "a quorum of a kind",
    "alerts: { kinds: { besu: { quorumLost: 1m } } }",
    1,
    /`quorumLost` belongs to the alerts of a group, or the file's own: it is not about single services/,
  ],
  [
    "the contact of a group",
    "groups: { g: { alerts: { contact: 1m } } }",
    1,
    /`contact` belongs to the file's own alerts/,
  ],

  [
    "discover on an unknown host",
    `${hosts}discover:\n  - { host: hree, units: ["*"] }`,
    3,
    /unknown host `hree` in discover; did you mean `here`\?/,
  ],
  [
    "discover on a process host",
    `${hosts}discover:\n  - { host: toys, units: ["*"] }`,
    3,
    /`toys` has `platform: process`; units are discovered on systemd hosts/,
  ],
  [
    "discover without units",
    `${hosts}discover:\n  - { host: here }`,
    3,
    /`units` is missing: units is a list of patterns/,
  ],
  [
    "discover with a bad pattern",
    `${hosts}discover:\n  - { host: here, units: ["a b"] }`,
    3,
    /`a b`: a pattern is a unit's name/,
  ],
  [
    "a share above one",
    "groups:\n  g:\n    keepRunning: 3/2",
    3,
    /`3\/2`: keepRunning is a number of services from 1, or a fraction of them up to 1, such as 2\/3/,
  ],
  ["a share of nothing", "groups: { g: { keepRunning: 1/0 } }", 1, /`1\/0`: keepRunning is/],
  ["a group that keeps none", "groups: { g: { keepRunning: 0 } }", 1, /`0`: keepRunning is/],
  ["a group that keeps some", "groups: { g: { keepRunning: most } }", 1, /`most`: keepRunning is/],
  [
    "a group's unknown key",
    "groups: { g: { keeprunning: 1 } }",
    1,
    /unknown key `keeprunning` in a group; did you mean `keepRunning`\?/,
  ],
]);
