import { validatorAddresses } from "./identities.mjs";

/**
 * A chain that one node plays to itself: its head follows from the clock, so that five hundred of them
 * cost nothing while nobody asks. What it shows of itself is what a `Chain` is.
 *
 * @typedef {import("./ledger.mjs").BlockRecord} BlockRecord
 * @typedef {{ readonly starting: number, readonly current: number, readonly highest: number }} SyncStatus
 * @typedef {{ readonly nodeId: string, readonly port: number, readonly head: number }} Peer
 * @typedef {object} Chain
 * @property {() => number} head
 * @property {(number: number) => BlockRecord | null} at
 * @property {() => SyncStatus | null} syncing null: no sync target
 * @property {() => number} best the highest block that it or a peer has
 * @property {() => readonly Peer[]} peers
 * @property {(order: import("./orders.mjs").Order) => void} tell
 * @property {() => object} state
 * @property {() => Promise<void>} close
 */

/** @implements {Chain} */
export class ScriptedChain {
  #periodMs;
  #genesisMs;
  #self;
  /** @type {number | null} */
  #frozenAt = null;
  /** @type {{ from: number, sinceMs: number, perSecond: number } | null} */
  #sync = null;
  /** From which block on who proposes; places among the sorted validators. */
  #eras;
  #peerCount;

  /**
   * @param {object} options
   * @param {number} options.periodMs
   * @param {number} options.startHeight
   * @param {number} options.peers
   * @param {string | null} options.address its own, if it is a validator.
   */
  constructor({ periodMs, startHeight, peers, address }) {
    this.#periodMs = periodMs;
    this.#genesisMs = Date.now() - startHeight * periodMs;
    this.#peerCount = peers;
    this.#self = validatorAddresses.indexOf(address ?? "");
    this.#eras = [{ from: 0, proposers: validatorAddresses.map((_, place) => place) }];
  }

  best() {
    return Math.floor((Date.now() - this.#genesisMs) / this.#periodMs);
  }

  head() {
    if (this.#frozenAt !== null) return this.#frozenAt;
    const best = this.best();
    if (this.#sync === null) return best;
    const { from, sinceMs, perSecond } = this.#sync;
    const reached = from + Math.floor(((Date.now() - sinceMs) * perSecond) / 1000);
    if (reached < best) return reached;
    this.#sync = null;
    return best;
  }

  syncing() {
    const current = this.head();
    if (this.#sync === null || this.#peerCount === 0) return null;
    return { starting: this.#sync.from, current, highest: this.best() };
  }

  /** @param {number} number */
  at(number) {
    if (number < 0 || number > this.head()) return null;
    const proposers = this.#eras.findLast(({ from }) => from <= number)?.proposers ?? [0];
    const timestamp = Math.floor((this.#genesisMs + number * this.#periodMs) / 1000);
    return { number, timestamp, proposer: proposers[number % proposers.length] ?? 0, round: 0 };
  }

  peers() {
    const head = this.best();
    return Array.from({ length: this.#peerCount }, (_, n) => ({
      nodeId: `${n + 1}`.padStart(128, "0"),
      port: 30303,
      head,
    }));
  }

  /** @param {import("./orders.mjs").Order} order */
  tell({ sync, freeze, peers, proposing, proposers }) {
    if (sync !== undefined) {
      const { blocks, perSecond = 200 } = sync;
      this.#frozenAt = null;
      this.#sync = { from: Math.max(0, this.best() - blocks), sinceMs: Date.now(), perSecond };
    }
    if (freeze === true) this.#frozenAt = this.head();
    if (freeze === false && this.#frozenAt !== null) this.#thaw(this.#frozenAt);
    if (peers !== undefined) this.#peerCount = peers ?? 4;
    if (proposers !== undefined) this.#begin(proposers.map((number) => number - 1));
    if (proposing !== undefined) {
      const all = validatorAddresses.map((_, place) => place);
      this.#begin(proposing ? all : all.filter((place) => place !== this.#self));
    }
  }

  /** @param {number} from where its head stood; the others went on, and it goes after them. */
  #thaw(from) {
    this.#frozenAt = null;
    this.#sync = { from, sinceMs: Date.now(), perSecond: 1_000 };
  }

  /** @param {readonly number[]} proposers */
  #begin(proposers) {
    this.#eras.push({ from: this.best() + 1, proposers: [...proposers] });
  }

  state() {
    return { head: this.head(), best: this.best(), frozen: this.#frozenAt !== null, peers: this.#peerCount };
  }

  async close() {}
}
