/**
 * How validators agree on the next block: the proposer of the round sends it, the others accept, and
 * with two thirds of them it stands. Without them the round expires and the next one has another
 * proposer and twice the time. QBFT has one message more, against validators that lie; these do not.
 *
 * @typedef {import("./ledger.mjs").BlockRecord} BlockRecord
 * @typedef {import("./links.mjs").Message} Message
 */

const longestMs = 2 ** 31 - 1;

export class Consensus {
  #options;
  #round = 0;
  #running = false;
  #proposed = false;
  /** @type {Set<number>} who accepted what this node proposes now */
  #votes = new Set();
  /** @type {Map<number, number>} the round that each validator has told of for the next block */
  #rounds = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  #due;
  /** @type {NodeJS.Timeout | undefined} */
  #expiry;
  /** False: it votes, but lets its own turn pass. */
  proposing = true;

  /**
   * @param {object} options
   * @param {number} options.place its own, among the sorted validators
   * @param {readonly string[]} options.addresses of all of them
   * @param {number} options.periodMs
   * @param {number} options.requestTimeoutMs how long the first round may take
   * @param {() => BlockRecord} options.head
   * @param {(block: BlockRecord) => void} options.made takes what this node proposed and the others accepted
   * @param {(message: Message) => void} options.broadcast
   * @param {(line: string) => void} options.say
   */
  constructor(options) {
    this.#options = options;
  }

  get round() {
    return this.#round;
  }

  get #count() {
    return this.#options.addresses.length;
  }

  get #quorum() {
    return Math.ceil((2 * this.#count) / 3);
  }

  /** Begins with the block after the newest one; also after each new block. */
  begin() {
    this.#running = true;
    this.#rounds.clear();
    this.#enter(0);
  }

  stop() {
    this.#running = false;
    clearTimeout(this.#due);
    clearTimeout(this.#expiry);
  }

  /**
   * A validator came back. Besu's rounds would meet at the next expiry, which can be an hour away, or
   * after a restart of all; here they begin anew, so that whoever watches sees the chain go on.
   */
  welcome() {
    if (!this.#running) return;
    if (this.#round > 0) this.begin();
    else if (this.#proposed) this.#propose();
  }

  /** @param {number} place @param {Message} message @returns {Message | null} what is answered */
  take(place, message) {
    if (!this.#running || message.number !== this.#options.head().number + 1) return null;
    switch (message.t) {
      case "proposal":
        if (message.round < this.#round || this.#proposer(message.round) !== place) return null;
        if (message.round > this.#round) this.#enter(message.round);
        return { t: "accept", number: message.number, round: message.round };
      case "accept":
        if (message.round === this.#round && this.#proposed) this.#vote(place);
        return null;
      case "round":
        this.#rounds.set(place, message.round);
        this.#followOthers();
        this.#proposeIfAwaited();
        return null;
    }
    return null;
  }

  /** @param {number} round */
  #proposer(round) {
    return (this.#options.head().proposer + 1 + round) % this.#count;
  }

  /** @param {number} round */
  #enter(round) {
    const { periodMs, requestTimeoutMs, place } = this.#options;
    clearTimeout(this.#due);
    clearTimeout(this.#expiry);
    this.#round = round;
    this.#proposed = false;
    this.#votes.clear();
    const dueMs = round === 0 ? periodMs : 0;
    const expiresMs = requestTimeoutMs * 2 ** round;
    this.#expiry = setTimeout(() => this.#moveTo(round + 1), Math.min(dueMs + expiresMs, longestMs));
    if (round === 0 && this.#proposer(0) === place) this.#due = setTimeout(() => this.#propose(), dueMs);
  }

  /** @param {number} round */
  #moveTo(round) {
    const { place, requestTimeoutMs, broadcast, say, head } = this.#options;
    this.#enter(round);
    this.#rounds.set(place, round);
    if (round >= 2) {
      say(
        `Moved to round ${round} which will expire in ${Math.round((requestTimeoutMs * 2 ** round) / 1000)} seconds`,
      );
      this.#summarize();
    }
    broadcast({ t: "round", number: head().number + 1, round });
    this.#proposeIfAwaited();
  }

  #summarize() {
    const { addresses, place, say } = this.#options;
    say(`BFT round summary (quorum = ${this.#quorum})`);
    for (const [other, round] of this.#rounds)
      say(`Address: ${addresses[other]}  Round: ${round}${other === place ? " (Local node)" : ""}`);
  }

  /** More than may fail are further on than this node: it goes with them, as their round needs it. */
  #followOthers() {
    const ahead = [...this.#rounds.values()].filter((round) => round > this.#round).sort((a, b) => b - a);
    const round = ahead[this.#count - this.#quorum];
    if (round !== undefined) this.#moveTo(round);
  }

  /** After the first round the proposer waits until enough of the others are there too. */
  #proposeIfAwaited() {
    if (this.#round === 0 || this.#proposed || this.#proposer(this.#round) !== this.#options.place) return;
    const there = [...this.#rounds.values()].filter((round) => round >= this.#round);
    if (there.length >= this.#quorum) this.#propose();
  }

  #propose() {
    if (!this.proposing) return;
    const { head, place, broadcast } = this.#options;
    this.#proposed = true;
    this.#votes.add(place);
    broadcast({ t: "proposal", number: head().number + 1, round: this.#round });
    this.#standIfEnough();
  }

  /** @param {number} place */
  #vote(place) {
    this.#votes.add(place);
    this.#standIfEnough();
  }

  #standIfEnough() {
    if (this.#votes.size < this.#quorum) return;
    const { head, place, made } = this.#options;
    const { number, timestamp } = head();
    made({
      number: number + 1,
      timestamp: Math.max(timestamp, Math.floor(Date.now() / 1000)),
      proposer: place,
      round: this.#round,
    });
  }
}
