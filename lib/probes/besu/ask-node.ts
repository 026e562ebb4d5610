import type { BesuConfig } from "../../config/fleet";
import { ExchangeError } from "../exchange-error";
import type { AskingLimits } from "./asking-limits";
import { type BesuAnswer, type ChainSaid, type Head, known, type Said, unknown } from "./besu-answer";
import { ChainVoice } from "./chain-voice";
import * as methods from "./methods";
import { toQuantity } from "./quantity";
import type { RpcCall, RpcClient, RpcResult } from "./rpc-client";
import { rpcCodes } from "./rpc-faults";
import { validatorAddress } from "./validator-address";

/** What a node says over its JSON-RPC. */
export type NodeSaid = Pick<
  BesuAnswer,
  "syncing" | "head" | "peers" | "noPeersBecause" | "earlier" | "version" | "chainId" | "address"
> & { readonly chain: Said<Omit<ChainSaid, "by">> };

type Identity = Pick<NodeSaid, "version" | "chainId" | "address">;

const often: readonly RpcCall[] = [
  { method: methods.syncing.method },
  { method: methods.blockNumber.method },
  { method: methods.block.method, params: ["latest", false] },
];
const rarely: readonly RpcCall[] = [
  { method: methods.clientVersion.method },
  { method: methods.chainId.method },
  { method: methods.nodeInfo.method },
];
/** Who it is, is asked again after so many askings, and after every one that failed. */
const rarelyAfter = 60;
const earlierBlocks = 8;

/** Asks one node over its RPC, each time for what moves and now and then for what does not. */
export class NodeAsker {
  readonly #client: RpcClient;
  readonly #config: Pick<BesuConfig, "validator" | "address">;
  readonly #voice = new ChainVoice();
  #peers: typeof methods.peerCount | typeof methods.peerList = methods.peerCount;
  #identity: Identity = { version: null, chainId: null, address: null };
  #identityAge = rarelyAfter;
  #knowsEarlier = false;

  constructor(client: RpcClient, config: Pick<BesuConfig, "validator" | "address">) {
    this.#client = client;
    this.#config = config;
  }

  /** @throws ExchangeError where it gave no answer that can be used. */
  async ask(limits: AskingLimits): Promise<NodeSaid> {
    try {
      return await this.#ask(limits);
    } catch (error) {
      // Another run of it may be another node.
      this.#identityAge = rarelyAfter;
      this.#knowsEarlier = false;
      throw error;
    }
  }

  async #ask(limits: AskingLimits): Promise<NodeSaid> {
    const asksIdentity = this.#identityAge >= rarelyAfter;
    const groups = [
      [...often, { method: this.#peers.method }],
      asksIdentity ? rarely : [],
      this.#voice.calls(this.#wantsSigners()),
    ];
    const results = await this.#client.call(groups.flat(), limits);
    const core = results.slice(0, often.length + 1);
    refuseIfAllFailed(core);
    const [syncing, number, latest, peers] = core as [RpcResult, RpcResult, RpcResult, RpcResult];
    const saidSyncing = methods.readResult(methods.syncing, syncing);
    const head = headOf(
      methods.readResult(methods.blockNumber, number),
      methods.readResult(methods.block, latest),
    );
    let counted = methods.readResult(this.#peers, peers);
    if (asksIdentity) this.#identity = identityOf(results.slice(core.length, core.length + rarely.length));
    this.#identityAge = asksIdentity ? 0 : this.#identityAge + 1;
    let chain = this.#voice.read(results.slice(core.length + (asksIdentity ? rarely.length : 0)), head);

    const lateSigners = this.#voice.lateCalls(this.#wantsSigners());
    const earlier = this.#earlierCalls(head);
    const otherPeers =
      counted.tag === "unknown" && !isP2pOff(peers) ? [{ method: this.#other().method }] : [];
    const late = [...lateSigners, ...earlier, ...otherPeers];
    const more = await this.#askAside(late, limits);
    this.#knowsEarlier = earlier.length > 0 || this.#knowsEarlier;
    if (lateSigners.length > 0) chain = this.#voice.read(more, head);
    const heads = more.slice(lateSigners.length, lateSigners.length + earlier.length).flatMap(blockIn);
    const last = more.at(-1);
    if (otherPeers.length > 0 && last !== undefined) counted = this.#readOther(last, counted);
    const off = isP2pOff(peers) && counted.tag === "unknown" ? counted : null;
    return {
      syncing: saidSyncing,
      head,
      peers: off === null ? counted : known(0),
      noPeersBecause: off === null ? null : { why: off.why, mend: off.mend },
      earlier: heads,
      ...this.#identity,
      chain,
    };
  }

  /** What is asked beside must not cost the rest: without an answer it is not known. */
  #askAside(calls: readonly RpcCall[], limits: AskingLimits): Promise<RpcResult[]> {
    return this.#client.call(calls, limits).catch((error: Error) => {
      if (error instanceof ExchangeError) return [];
      throw error;
    });
  }

  #wantsSigners(): boolean {
    const address = this.#config.address ?? this.#identity.address;
    return this.#config.validator || (address !== null && this.#voice.validators.includes(address));
  }

  #earlierCalls(head: Said<Head>): RpcCall[] {
    if (this.#knowsEarlier || head.tag === "unknown") return [];
    const { height } = head.value;
    // The first block is nobody's: its instant is whatever the chain's founder wrote.
    const count = Math.min(earlierBlocks, Math.max(0, height - 1));
    return Array.from({ length: count }, (_, index) => ({
      method: methods.block.method,
      params: [toQuantity(height - 1 - index), false],
    }));
  }

  #other(): typeof methods.peerCount | typeof methods.peerList {
    return this.#peers === methods.peerCount ? methods.peerList : methods.peerCount;
  }

  #readOther(result: RpcResult, before: Said<number>): Said<number> {
    const other = this.#other();
    const said = methods.readAside(other, result);
    if (said.tag === "unknown") return before;
    this.#peers = other;
    return said;
  }
}

/** The newest block tells height and instant; else only the height is known. */
function headOf(number: Said<number>, latest: Said<Head | null>): Said<Head> {
  if (latest.tag === "known" && latest.value !== null) return known(latest.value);
  if (number.tag === "known") return known({ height: number.value, at: null });
  return latest.tag === "unknown" ? latest : unknown("it has no newest block");
}

function identityOf(results: readonly RpcResult[]): Identity {
  const [version, chainId, info] = results as [RpcResult, RpcResult, RpcResult];
  const node = valueOrNull(methods.nodeInfo, info);
  return {
    version: valueOrNull(methods.clientVersion, version) ?? node?.name ?? null,
    chainId: valueOrNull(methods.chainId, chainId),
    address: validatorAddress(node?.id ?? "") ?? validatorAddress(node?.enode ?? ""),
  };
}

/** Of what only adorns, nonsense is as good as nothing. */
function valueOrNull<Value>(expected: methods.Expected<Value>, result: RpcResult): Value | null {
  const said = methods.readAside(expected, result);
  return said.tag === "known" ? said.value : null;
}

function blockIn(result: RpcResult): Head[] {
  const found = valueOrNull(methods.block, result);
  return found === null ? [] : [found];
}

function isP2pOff(result: RpcResult): boolean {
  return result.tag === "error" && result.error.code === rpcCodes.p2p;
}

/** An answer in which nothing is answered is none. */
function refuseIfAllFailed(results: readonly RpcResult[]): void {
  const codes = results.flatMap((result) => (result.tag === "error" ? [result.error] : []));
  if (codes.length < results.length) return;
  if (codes.every(({ code }) => code === rpcCodes.unauthorized)) {
    throw new ExchangeError("denied", "the login is not allowed to ask anything", {
      mend: "Give it the permissions eth:*, net:*, admin:* and qbft:* in the file of --rpc-http-authentication-credentials-file.",
    });
  }
  if (codes.every(({ code }) => code === rpcCodes.internal)) {
    throw new ExchangeError("silent", `the node itself got no answer in time: ${codes[0]?.message ?? ""}`);
  }
}
