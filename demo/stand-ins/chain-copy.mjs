import { validatorAddresses } from "./identities.mjs";
import { hashOf, Ledger } from "./ledger.mjs";

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
    this.#joining = null;
    this.#ledger = new Ledger({ at, periodMs, ready, validators: validatorAddresses.length }, ready);
  }

  /**
   * Whether a peer has another chain that this node should have. Of two the longer one stays; there
   * can only be two where nodes started without seeing each other. A peer that itself still fetches the
   * ready-made blocks is not joined while others may come: whoever goes by its head begins as far back.
   * @param {Genesis} genesis @param {number} head @param {boolean} isImpatient it has waited for those
   */
  isBetter({ at, ready }, head, isImpatient) {
    const own = this.#ledger;
    if (own === null) return head >= ready || isImpatient;
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

  /** @returns {{ block?: BlockRecord, parent?: string }} its newest block, for others that may have another one there */
  tip() {
    const before = this.at(this.head - 1);
    return this.#ledger === null || before === null ? {} : { block: this.newest(), parent: hashOf(before) };
  }

  /**
   * Whether this is another block in the place of its newest one, on the same block before it.
   * @param {BlockRecord} block @param {string} parent
   */
  isRivalOfNewest(block, parent) {
    if (this.#ledger === null || block.number !== this.head || hashOf(block) === hashOf(this.newest()))
      return false;
    const before = this.at(block.number - 1);
    return before !== null && parent === hashOf(before);
  }

  /**
   * Takes a rival of the newest block in its place, where everybody would: of an earlier round, or else of
   * the lower hash. @param {BlockRecord} block @returns {boolean} false: its own stays.
   */
  replaceNewest(block) {
    const own = this.newest();
    const isFirst = block.round < own.round || (block.round === own.round && hashOf(block) < hashOf(own));
    if (!isFirst || this.#ledger === null) return false;
    this.#ledger.cut(own.number - 1);
    this.#ledger.append(block);
    return this.head === own.number;
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
