// The demo's automatic operator. It uses Signalbox's own HTTP API with a token, as any script may:
// it asks what is allowed now, sends one command, and waits for its fate.
import { setTimeout as sleep } from "node:timers/promises";
import { endOnTerm, say } from "./say.mjs";

const { DRILL_API: api, DRILL_TOKEN: token } = process.env;
endOnTerm();

async function call(path, options = {}) {
  const answer = await fetch(`${api}/api/v1${path}`, {
    ...options,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    signal: AbortSignal.timeout(10_000),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Sends `event` if the machine allows it now, and waits until the command is settled. */
async function order(service, event, reason) {
  const { body: now } = await call(`/services/demo/${service}`);
  // A refusal names what would make it pass: a start under way can be called off by a stop.
  const refusal = now.refused?.find((each) => each.event === event);
  if (refusal && !refusal.override) return say(`${service}: ${refusal.reason}`);
  const { status, body } = await call(`/services/demo/${service}/commands`, {
    method: "POST",
    body: JSON.stringify({ event, reason, expectedSeq: now.seq, override: refusal?.override }),
  });
  if (status !== 202) return say(`${service}: ${event} refused: ${body.detail}`);
  let command = body;
  while (!command.settledAt) {
    await sleep(500);
    command = (await call(`/commands/${command.id}`)).body;
  }
  say(`${service}: ${event} ${command.status}${command.detail ? ` (${command.detail})` : ""}`);
}

const steps = [
  () => order("canary", "restart", "drill: a restart that goes well"),
  () => order("report", "start", "drill: the nightly report"),
  () => order("canary", "stop", "drill: a stop that goes well"),
  () => order("canary", "start", "drill: and up again"),
  () => order("stubborn", "stop", "drill: a stop that fails"),
  () => order("stubborn", "reset", "drill: clear the error"),
  () => order("stubborn", "start", "drill: up again"),
  () => order("slow-start", "stop", "drill: make room"),
  async () => {
    const started = order("slow-start", "start", "drill: a start that is called off");
    await sleep(4_000);
    await Promise.all([started, order("slow-start", "stop", "drill: never mind")]);
  },
  () => order("slow-start", "start", "drill: and once more, in peace"),
  () => order("stubborn", "restart", "drill: a restart that fails"),
  () => order("stubborn", "restart", "drill: out of the error"),
  () => order("missing", "restart", "drill: it may have been installed meanwhile"),
  () => order("missing", "reset", "drill: it was not"),
  () => order("missing", "start", "drill: an impossible start"),
  () => order("edge", "stop", "drill: the tunnel loses its edge"),
  () => order("edge", "start", "drill: and finds it again"),
  () => order("validator-4", "restart", "drill: a validator misses some blocks and catches up"),
];

for (let round = 1; ; round += 1) {
  for (const step of steps) {
    await step().catch((error) => say(`WARN ${error.message}`));
    await sleep(6_000);
  }
  say(`round ${round} complete`);
}
