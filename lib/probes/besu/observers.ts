import { ExchangeError } from "../exchange-error";
import type { AskingLimits } from "./asking-limits";
import { type ChainSaid, type Head, known, type Said, unknown } from "./besu-answer";
import { ChainVoice } from "./chain-voice";
import { block, readResult } from "./methods";
import type { RpcClient, RpcResult } from "./rpc-client";

export interface Observer {
  readonly id: string;
  readonly client: RpcClient;
}

const restMs = 60_000;

/**
 * Asks other nodes what the validators do, in turn: the first that knows is believed. One that has failed
 * is asked last for a minute.
 */
export class Observers {
  readonly #observers: readonly (Observer & { readonly voice: ChainVoice })[];
  readonly #failedAt = new Map<string, number>();

  constructor(observers: readonly Observer[]) {
    this.#observers = observers.map((observer) => ({ ...observer, voice: new ChainVoice() }));
  }

  /** Never rejects but for an aborted signal. */
  async ask(limits: AskingLimits): Promise<Said<ChainSaid>> {
    let last: Said<ChainSaid> = unknown("no other node is there to be asked");
    for (const observer of this.#inTurn()) {
      const said = await askOne(observer, limits);
      if (said.tag === "known") {
        this.#failedAt.delete(observer.id);
        return said;
      }
      this.#failedAt.set(observer.id, performance.now());
      last = unknown(`${observer.id}: ${said.why}`, said.mend);
    }
    return last;
  }

  #inTurn() {
    const isResting = ({ id }: Observer) => performance.now() - (this.#failedAt.get(id) ?? -restMs) < restMs;
    return [...this.#observers].sort((a, b) => Number(isResting(a)) - Number(isResting(b)));
  }
}

async function askOne(
  { id, client, voice }: Observer & { readonly voice: ChainVoice },
  limits: AskingLimits,
): Promise<Said<ChainSaid>> {
  try {
    const newest = { method: block.method, params: ["latest", false] };
    const [latest, ...results] = await client.call([newest, ...voice.calls(true)], limits);
    const head = headIn(latest);
    let chain = voice.read(results, head);
    const late = voice.lateCalls(true);
    if (late.length > 0) chain = voice.read(await client.call(late, limits), head);
    if (chain.tag === "unknown") return chain;
    const { proposed } = chain.value;
    return proposed.tag === "unknown" ? proposed : { tag: "known", value: { ...chain.value, by: id } };
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    return unknown(error.message, error.mend ?? null);
  }
}

function headIn(latest: RpcResult | undefined): Said<Head> {
  const found = latest === undefined ? unknown("no answer") : readResult(block, latest);
  if (found.tag === "unknown") return found;
  return found.value === null ? unknown("it has no newest block") : known(found.value);
}
