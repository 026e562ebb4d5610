import { toRfc3339 } from "../../../clock";
import type { Evidence } from "../../../machine/observation";
import type { BesuAnswer, Said } from "../besu-answer";
import { type BesuMemory, isSilent } from "./besu-memory";
import type { BesuSettings } from "./besu-settings";

/** What a move is kept with: what was asked, and what was said. */
export function evidenceOf(memory: BesuMemory, settings: BesuSettings): Evidence {
  const { answer, failed, log } = memory;
  return {
    asked: askedAddress(settings),
    ...(failed !== null && isSilent(memory, settings) ? { failed: failed.why } : {}),
    ...(answer === null ? {} : saidOf(answer.answer)),
    ...(log.newest === null ? {} : { log: log.newest.what, logAt: toRfc3339(log.newest.at) }),
  };
}

function saidOf({ syncing, head, peers, best, chain }: BesuAnswer): Evidence {
  return {
    eth_syncing: inWords(syncing, (progress) => progress ?? false),
    height: inWords(head, ({ height }) => height),
    headAt: inWords(head, ({ at }) => (at === null ? null : toRfc3339(at))),
    peers: inWords(peers, (count) => count),
    ...(best === null ? {} : { bestKnown: best }),
    ...(chain.tag === "known"
      ? { validators: chain.value.validators.length, saidBy: chain.value.by ?? "itself" }
      : {}),
  };
}

function inWords<Value>(said: Said<Value>, read: (value: Value) => unknown): unknown {
  return said.tag === "known" ? read(said.value) : `unknown: ${said.why}`;
}

/** What is asked; a query or a login in it may hold what others must not see. Null: nothing is. */
export function askedAddress({ rpc, metrics }: BesuSettings): string | null {
  const address = rpc ?? metrics;
  if (address === null) return null;
  const { origin, pathname } = new URL(address);
  return pathname === "/" ? origin : `${origin}${pathname}`;
}
