import type { ChainSaid, Head, Said } from "./besu-answer";
import { known, unknown } from "./besu-answer";
import { type Consensus, consensuses, readAside, signersOf, validatorsOf } from "./methods";
import { toQuantity } from "./quantity";
import type { RpcCall, RpcResult } from "./rpc-client";

/** The validator set is asked for every so many askings, or when the head has moved so far. */
const askings = 12;
const blocks = 100;
/** Besu's own default: so many blocks are looked at for who proposed them. */
const usualBlocks = 100;

/**
 * What one node says of the validators of its chain. Which consensus it speaks is found out and remembered.
 * `calls` and `read` go together: the results are those of the calls, in order.
 */
export class ChainVoice {
  #consensus: Consensus | null = null;
  #set: Said<string[]> = unknown("the validators were not asked for yet");
  #setAt: number | null = null;
  #age = askings;
  #head: number | null = null;
  #asked: { set: readonly Consensus[]; signers: Consensus | null } = { set: [], signers: null };

  /** The set as it was last told. */
  get validators(): readonly string[] {
    return this.#set.tag === "known" ? this.#set.value : [];
  }

  /** @param wantsSigners whether it is to be known who proposes. */
  calls(wantsSigners: boolean): RpcCall[] {
    this.#age += 1;
    const hasMoved = this.#head !== null && this.#setAt !== null && this.#head - this.#setAt >= blocks;
    const asksSet = this.#age > askings || hasMoved;
    const spoken = this.#consensus === null ? consensuses : [this.#consensus];
    this.#asked = { set: asksSet ? spoken : [], signers: wantsSigners ? this.#consensus : null };
    return [
      ...this.#asked.set.map((name) => ({ method: validatorsOf(name).method, params: ["latest"] })),
      ...this.#signerCalls(),
    ];
  }

  /** Who proposes, where that could not be asked along: the consensus has only now been found out. */
  lateCalls(wantsSigners: boolean): RpcCall[] {
    if (!wantsSigners || this.#consensus === null || this.#asked.signers !== null) return [];
    this.#asked = { set: [], signers: this.#consensus };
    return this.#signerCalls();
  }

  /** @param head the head of the same node. */
  read(results: readonly RpcResult[], head: Said<Head>): Said<Omit<ChainSaid, "by">> {
    const { set, signers } = this.#asked;
    if (set.length > 0) this.#readSet(set, results, head);
    if (head.tag === "known") this.#head = head.value.height;
    if (this.#set.tag === "unknown") return this.#set;
    if (head.tag === "unknown") return head;
    const told = signers === null ? undefined : results[set.length];
    const proposed =
      signers === null || told === undefined
        ? unknown("it was not asked who proposes")
        : readAside(signersOf(signers), told);
    return known({ validators: this.#set.value, proposed, head: head.value });
  }

  #signerCalls(): RpcCall[] {
    const { signers } = this.#asked;
    if (signers === null) return [];
    const wanted = 2 * this.validators.length;
    const isUsual = wanted <= usualBlocks || this.#head === null;
    const params = isUsual ? [] : [toQuantity(Math.max(0, (this.#head ?? 0) - wanted)), "latest"];
    return [{ method: signersOf(signers).method, params }];
  }

  #readSet(asked: readonly Consensus[], results: readonly RpcResult[], head: Said<Head>): void {
    const told = asked.map((name, index) => {
      const result = results[index];
      const said = result === undefined ? unknown("no answer") : readAside(validatorsOf(name), result);
      return { name, said };
    });
    const good = told.find(({ said }) => said.tag === "known");
    this.#consensus = good?.name ?? null;
    this.#set = (good ?? told[0])?.said ?? this.#set;
    // Where nobody spoke it is asked again as seldom: a method that is not enabled is so until a restart.
    this.#age = 0;
    this.#setAt = head.tag === "known" ? head.value.height : null;
  }
}
