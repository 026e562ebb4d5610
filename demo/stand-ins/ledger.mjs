import { createHash } from "node:crypto";

/**
 * What a block is here: who proposed it (its place among the sorted validators), when, in which round.
 * @typedef {{ readonly number: number, readonly timestamp: number, readonly proposer: number, readonly round: number }} BlockRecord
 */

/**
 * Where a chain begins. Its first `ready` blocks are ready-made: nobody proposed them, they follow
 * from the rule in `readyBlock`, so that there is something to sync from the first minute.
 * @typedef {{ readonly at: number, readonly periodMs: number, readonly ready: number, readonly validators: number }} Genesis
 */

/** The blocks that a node has, in memory: five bytes each, so that months fit. */
export class Ledger {
  /** @type {Genesis} */
  #genesis;
  /**
   * The newest block when it began: what came after it is kept.
   * @type {BlockRecord}
   */
  #first;
  #head;
  #times = new Uint32Array(256);
  #makers = new Uint8Array(256);

  /**
   * @param {Genesis} genesis
   * @param {number} head its newest block; of what lies before it only the ready-made ones are known.
   * @param {BlockRecord} [first] that block, where it is none of the ready-made ones.
   */
  constructor(genesis, head, first = readyBlock(genesis, head)) {
    this.#genesis = genesis;
    this.#first = first;
    this.#head = head;
  }

  get genesis() {
    return this.#genesis;
  }

  get head() {
    return this.#head;
  }

  /**
   * @param {number} number
   * @returns {BlockRecord | null} null: it is not here.
   */
  at(number) {
    if (number < 0 || number > this.#head) return null;
    if (number <= this.#genesis.ready) return readyBlock(this.#genesis, number);
    if (number === this.#first.number) return this.#first;
    const place = number - this.#first.number - 1;
    const timestamp = this.#times[place];
    const maker = this.#makers[place];
    if (place < 0 || timestamp === undefined || maker === undefined) return null;
    return { number, timestamp, proposer: maker >> 4, round: maker & 15 };
  }

  /** @param {Pick<BlockRecord, "timestamp" | "proposer" | "round">} next the block after the newest one. */
  append({ timestamp, proposer, round }) {
    const place = this.#head - this.#first.number;
    if (place >= this.#times.length) this.#grow();
    this.#times[place] = timestamp;
    this.#makers[place] = (proposer << 4) | Math.min(round, 15);
    this.#head += 1;
  }

  /** @param {number} head forgets what came after this block; one that it never had is out of reach. */
  cut(head) {
    if (head < this.#first.number)
      this.#first = readyBlock(this.#genesis, Math.min(head, this.#genesis.ready));
    this.#head = Math.max(head, this.#first.number);
  }

  #grow() {
    const [times, makers] = [this.#times, this.#makers];
    this.#times = new Uint32Array(times.length * 2);
    this.#makers = new Uint8Array(makers.length * 2);
    this.#times.set(times);
    this.#makers.set(makers);
  }
}

/**
 * @param {Genesis} genesis
 * @param {number} number
 * @returns {BlockRecord}
 */
export function readyBlock({ at, periodMs, validators }, number) {
  return {
    number,
    timestamp: at + Math.floor((number * periodMs) / 1000),
    proposer: number % validators,
    round: 0,
  };
}

/**
 * A hash in form: two nodes have the same block if it is the same.
 * @param {BlockRecord} block
 */
export function hashOf({ number, timestamp, proposer, round }) {
  return `0x${createHash("sha256").update(`${number} ${timestamp} ${proposer} ${round}`).digest("hex")}`;
}
