import { validatorAddresses } from "./identities.mjs";
import { Ledger } from "./ledger.mjs";

/**
 * @typedef {import("./ledger.mjs").BlockRecord} BlockRecord
 * @typedef {import("./ledger.mjs").Genesis} Genesis
 * @typedef {import("./links.mjs").Link} Link
 */

const mostAtOnce = 1_000;

/** What a node has of the chain: nothing, before it has met others or founded one itself. */
export class ChainCopy {
  /** @type {Ledger | null} */
  #ledger = null;
  /**
   * The chain that it is about to join: its first block was asked for.
   * @type {Genesis | null}
   */
  #joining = null;
  #syncLast;

  /** @param {number} syncLast so many of the newest blocks it has to fetch when it joins. */
  constructor(syncLast) {
    this.#syncLast = syncLast;
  }

  get isThere() {
    return this.#ledger !== null;
  }

  get head() {
    return this.#ledger?.head ?? 0;
  }

  /** @param {number} number */
  at(number) {
    // Before it has met anybody a node has the genesis block alone, which private chains date at zero.
    if (this.#ledger === null) return number === 0 ? { number, timestamp: 0, proposer: 0, round: 0 } : null;
    return this.#ledger.at(number);
  }

  /** @returns {BlockRecord} */
  newest() {
    return this.at(this.head) ?? { number: this.head, timestamp: 0, proposer: 0, round: 0 };
  }

  status() {
    return { genesis: this.#ledger?.genesis ?? null, head: this.head };
  }

  /** @param {number} from @param {number} count */
  blocks(from, count) {
    const found = Array.from({ length: Math.min(count, mostAtOnce) }, (_, n) => this.#ledger?.at(from + n));
    return found.flatMap((block) => block ?? []);
  }

  /** @param {number} ready how many ready-made blocks it begins with @param {number} periodMs */
  found(ready, periodMs) {
    const at = Math.floor((Date.now() - ready * periodMs) / 1000);
    this.#ledger = new Ledger({ at, periodMs, ready, validators: validatorAddresses.length }, ready);
  }

  /**
   * Whether a peer has another chain that this node should have. Of two the longer one stays; there
   * can only be two where nodes started without seeing each other.
   * @param {Genesis} genesis @param {number} head
   */
  isBetter({ at }, head) {
    const own = this.#ledger;
    if (own === null) return true;
    if (own.genesis.at === at) return false;
    return head > own.head || (head === own.head && at < own.genesis.at);
  }

  /** @param {Link} link @param {Genesis} genesis */
  join(link, genesis) {
    this.#ledger = null;
    this.#joining = genesis;
    link.send({ t: "ask", from: Math.max(0, link.head - this.#syncLast), count: 1 });
  }

  /**
   * Takes blocks that were asked for. @returns {"joined" | "appended" | null} null: they do not follow.
   * @param {number} from @param {readonly BlockRecord[]} blocks
   */
  take(from, blocks) {
    const [first] = blocks;
    if (this.#joining !== null && first !== undefined) {
      this.#ledger = new Ledger(this.#joining, from, first);
      this.#joining = null;
      return "joined";
    }
    if (this.#ledger === null || from !== this.#ledger.head + 1) return null;
    for (const block of blocks) this.#ledger.append(block);
    return "appended";
  }

  /** @param {BlockRecord} block the next one */
  append(block) {
    this.#ledger?.append(block);
  }

  /** @param {number} blocks forgets so many of the newest. */
  forget(blocks) {
    this.#ledger?.cut(Math.max(0, this.#ledger.head - blocks));
  }
}
