import { hosts, processService, testMistakes } from "./expect-errors";

testMistakes([
  [
    "a command as one text",
    `${hosts}services:\n  - { host: toys, name: a, command: node a.mjs }`,
    3,
    /`node a.mjs`: command is a list of words, such as \[node, server.mjs\]/,
  ],
  [
    "an empty command",
    `${hosts}services:\n  - { host: toys, name: a, command: [] }`,
    3,
    /an empty list: command is a list of words/,
  ],
  [
    "a command without program",
    `${hosts}services:\n  - { host: toys, name: a, command: [""] }`,
    3,
    /the first word of command is the program to run/,
  ],
  [
    "an argument with a NUL",
    `${hosts}services:\n  - { host: toys, name: a, command: [a, "\\0"] }`,
    3,
    /`\\u0000`: an argument is a text/,
  ],
  [
    "a variable without value",
    processService("env: { A: }"),
    6,
    /`A` is empty: a variable's value is a text; write ""/,
  ],
  [
    "a variable that is a list",
    processService("env: { A: [1] }"),
    6,
    /this is a list: a variable's value is a text/,
  ],
  [
    "a variable's bad name",
    processService("env: { A=B: 1 }"),
    6,
    /`A=B`: a variable's name is a text without `=`/,
  ],
  ["variables as a list", processService("env: [A=1]"), 6, /this is a list: env is a map of variables/],
  [
    "an unknown restart",
    processService("restart: { on: failures }"),
    6,
    /`failures`: must be failure, always or never; did you mean `failure`\?/,
  ],
  [
    "a restart as a word",
    processService("restart: always"),
    6,
    /`always`: restart is a map; allowed: on, delay, max/,
  ],
  [
    "a truth value in words",
    processService("oneshot: yes"),
    6,
    /`yes`: must be true or false \(in `oneshot`\)/,
  ],
  ["after without host", processService("after: [db]"), 6, /`db`: a service is named host\/name/],
  [
    "after an unknown host",
    processService("after: [toy/db]"),
    6,
    /unknown host `toy` in after; did you mean `toys`\?/,
  ],
  ["after itself", processService("after: [toys/a]"), 6, /`toys\/a` waits for itself/],
]);
