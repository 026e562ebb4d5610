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
  #base;
  #head;
  #times = new Uint32Array(256);
  #makers = new Uint8Array(256);

  /**
   * @param {Genesis} genesis
   * @param {number} head its newest block; of what lies before it only the ready-made ones are known.
   */
  constructor(genesis, head) {
    this.#genesis = genesis;
    this.#base = head;
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
    const place = number - this.#base - 1;
    const timestamp = this.#times[place];
    const maker = this.#makers[place];
    if (place < 0 || timestamp === undefined || maker === undefined) return null;
    return { number, timestamp, proposer: maker >> 4, round: maker & 15 };
  }

  /** @param {Pick<BlockRecord, "timestamp" | "proposer" | "round">} next the block after the newest one. */
  append({ timestamp, proposer, round }) {
    const place = this.#head - this.#base;
    if (place >= this.#times.length) this.#grow();
    this.#times[place] = timestamp;
    this.#makers[place] = (proposer << 4) | Math.min(round, 15);
    this.#head += 1;
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
