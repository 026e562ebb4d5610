import { z } from "zod";
import { alertKeys } from "./alert-keys";
import { serviceKinds } from "./fleet";
import { keysOf } from "./keys-of";
import {
  groupWords,
  hostRefWords,
  isGroupName,
  isLabel,
  isServiceName,
  readUnitName,
  serviceIdWords,
  serviceNameWords,
  splitServiceId,
  tagWords,
  unitNameWords,
} from "./names";
import { secret } from "./secret-keys";
import { choice, duration, listOf, webAddress, wholeNumber, words, yesNo } from "./values";

/** The keys of a service: an item of `services` in signalbox.yaml. */

const serviceIds = (what: string) =>
  listOf(
    words(serviceIdWords, (text) => splitServiceId(text) !== null),
    what,
  ).prefault([]);

const askingKeys = {
  from: choice(["here", "host"])
    .prefault("here")
    .describe("Asked from this machine, or from the service's own host, through the connection to it."),
  every: duration("100ms", "1d").prefault("5s").describe("The time from one question to the next."),
  timeout: duration("10ms", "1h").prefault("2s").describe("How long an answer may take."),
  failures: wholeNumber(1, 1_000).prefault(3).describe("So many failures in a row are believed."),
};

const healthKeys = keysOf("a health check", {
  http: webAddress("http").describe("The address that is asked."),
  ...askingKeys,
  text: words("text is what a good answer holds", (text) => text !== "")
    .optional()
    .describe("A text that a good answer holds."),
  json: keysOf("json", {
    field: words("field is a field of the answer, such as status or data.status", (text) =>
      /^[^.]+(\.[^.]+)*$/.test(text),
    ).describe("The field of the JSON answer, with dots where it lies deeper."),
    is: words("is is what the field has to be, such as UP").describe("What the field has to be."),
  })
    .optional()
    .describe("What a field of a good answer, which is JSON, has to be."),
  tls: duration("0s", "365d")
    .prefault("14d")
    .describe("A certificate that ends within this time is warned of."),
});

const besuShape = keysOf("besu", {
  rpc: webAddress("rpc")
    .optional()
    .describe("The node's JSON-RPC over HTTP; leave it out where there is none."),
  ...askingKeys,
  metrics: webAddress("metrics").optional().describe("Where the node serves Prometheus metrics."),
  user: words("user is a name").optional().describe("Who logs in at its RPC, where that is asked for."),
  password: secret("password is a text").optional().describe("With user: the password."),
  token: secret("token is a text").optional().describe("A JWT for its RPC, instead of user and password."),
  validator: yesNo().prefault(false).describe("Whether the node is meant to propose blocks."),
  address: words("address is 0x and 40 hexadecimal digits", (text) => /^0x[\da-f]{40}$/i.test(text))
    .optional()
    .describe("Its address in the validator set. Default: what its node id says, where it has an RPC."),
  maxBehind: wholeNumber(0, 1_000_000)
    .prefault(2)
    .describe("So many blocks behind the best known one still count as in sync."),
  maxHeadAge: duration("1s", "1d")
    .optional()
    .describe("With an older head it counts as not in sync. Default: some of the chain's block periods."),
  minPeers: wholeNumber(0, 10_000).prefault(1).describe("With fewer peers the node counts as not synced."),
  observers: serviceIds("observers is a list of services, such as [ct102/sentry-1]").describe(
    "Other nodes that are asked whether this one takes part in consensus.",
  ),
});

/** Who logs in has a name and a password, or else a token. */
export const besuKeys = besuShape.superRefine(({ user, password, token }, context) => {
  const wrong = (key: keyof typeof besuShape.shape, message: string) =>
    context.addIssue({ code: "custom", path: [key], message });
  if (token !== undefined && (user !== undefined || password !== undefined))
    wrong("token", "a token takes the place of user and password; leave out the one or the others");
  else if (user !== undefined && password === undefined) wrong("user", "user needs a password beside it");
  else if (password !== undefined && user === undefined) wrong("password", "password needs a user beside it");
});

export const cloudflaredKeys = keysOf("cloudflared", {
  metrics: webAddress("metrics")
    .prefault("http://127.0.0.1:20241")
    .describe("Where cloudflared serves /ready and /metrics."),
  ...askingKeys,
});

const host = words(hostRefWords).describe("One of the names under hosts.");

const commonKeys = {
  kind: choice(serviceKinds).prefault("service").describe("The state machine that the service follows."),
  group: words(groupWords, isGroupName).optional().describe("Services that belong together."),
  tags: listOf(words(tagWords, isLabel), "tags is a list of short texts, such as [web, public]")
    .prefault([])
    .describe("Words to find and filter services by."),
  health: healthKeys.optional().describe("A question to the service itself, beside what its process says."),
  settle: duration("0s", "1h")
    .prefault("1s")
    .describe("How long a service that says nothing of its start must hold to count as Running."),
  runbook: webAddress("runbook").optional().describe("The page to read when something is wrong."),
  alerts: alertKeys.optional().describe("What differs from the fleet's alerts for this service."),
  besu: besuKeys.optional().describe("Only with kind: besu."),
  cloudflared: cloudflaredKeys.optional().describe("Only with kind: cloudflared."),
};

const unit = words(unitNameWords).superRefine((text, context) => {
  const read = readUnitName(text);
  if (read.tag === "wrong") context.addIssue({ code: "custom", message: read.message });
});

const name = words(serviceNameWords, isServiceName);

const systemdOnly = {
  unit: unit.describe("The systemd unit, with .service at its end."),
};

const restartKeys = keysOf("restart", {
  on: choice(["failure", "always", "never"])
    .prefault("failure")
    .describe("After which ends the process is started again. Without restart: never."),
  delay: duration("0s", "1d").prefault("2s").describe("How long to wait before it is started again."),
  max: wholeNumber(1, 1_000_000)
    .optional()
    .describe("After so many restarts in a row it is left. Without: no limit."),
});

const processOnly = {
  command: listOf(words("an argument is a text"), "command is a list of words, such as [node, server.mjs]", 1)
    .refine((parts) => parts[0] !== "", { error: () => "the first word of command is the program to run" })
    .describe("The program and its arguments, one by one; no shell reads them."),
  cwd: words("cwd is a folder", (text) => text !== "")
    .prefault(".")
    .describe("The folder to run in, seen from the folder of this file."),
  env: z
    .record(
      z.string().regex(/^[^=\0]+$/),
      words('a variable\'s value is a text; write "" for an empty one'),
      {
        error: ({ code }) =>
          code === "invalid_key"
            ? "a variable's name is a text without `=`"
            : "env is a map of variables, such as { PORT: 9001 }",
      },
    )
    .prefault({})
    .describe("Variables that are set for the process."),
  startTimeout: duration("10ms", "24d")
    .optional()
    .describe("How long it may be Starting: 60s, and a one-shot as long as it likes, unless told here."),
  stopTimeout: duration("10ms", "24d").prefault("10s").describe("How long after SIGTERM until SIGKILL."),
  restart: restartKeys.optional().describe("Whether it is started again by itself."),
  oneshot: yesNo().prefault(false).describe("The process does one thing and ends; that is its success."),
  after: serviceIds("after is a list of services, such as [toys/db]").describe(
    "Services that must be running first.",
  ),
  autostart: yesNo()
    .prefault(false)
    .describe("Started with Signalbox, until a person starts or stops it; then it is left as it was."),
};

const ofProcess = "a service of a host with `platform: process`, and this one's host runs systemd";
const ofSystemd = "a service of a systemd host, and this one's host has `platform: process`";

export const systemdServiceKeys = keysOf(
  "a service",
  {
    host,
    ...systemdOnly,
    name: name.optional().describe("The name shown. Default: the unit without .service."),
    ...commonKeys,
  },
  Object.fromEntries(Object.keys(processOnly).map((key) => [key, ofProcess])),
);

export const processServiceKeys = keysOf(
  "a service",
  { host, name: name.describe("The name shown."), ...processOnly, ...commonKeys },
  Object.fromEntries(Object.keys(systemdOnly).map((key) => [key, ofSystemd])),
);

/** Either kind of service. */
export const serviceKeys = z.union([systemdServiceKeys, processServiceKeys]);
