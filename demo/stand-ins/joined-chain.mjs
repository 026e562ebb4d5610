import { CatchUp } from "./catch-up.mjs";
import { ChainCopy } from "./chain-copy.mjs";
import { Consensus } from "./consensus.mjs";
import { identityOf, validatorAddresses } from "./identities.mjs";
import { hashOf } from "./ledger.mjs";
import { Links } from "./links.mjs";

/**
 * @typedef {import("./ledger.mjs").BlockRecord} BlockRecord
 * @typedef {import("./links.mjs").Link} Link
 * @typedef {import("./links.mjs").Message} Message
 * @typedef {import("./scripted-chain.mjs").Chain} Chain
 */

/** So often it looks for a peer that has all ready-made blocks, before it joins one that has fewer. */
const patientLooks = 10;

/**
 * A node's part in a real chain: what it has of it, its peers, and, of a validator, consensus.
 * @implements {Chain}
 */
export class JoinedChain {
  #frozen = false;
  #options;
  #say;
  #place;
  #copy;
  #links;
  #consensus;
  #catchUp;
  /** @type {NodeJS.Timeout | undefined} */
  #watch;
  /** How often it has looked for a chain. */
  #looks = 0;

  /** @param {Required<import("./join-chain.mjs").JoinOptions>} options @param {(line: string) => void} say */
  constructor(options, say) {
    const { identity, port, peers, periodMs, requestTimeoutMs, syncLast, syncPerSecond } = options;
    const { nodeId, address } = identityOf(identity);
    this.#options = options;
    this.#say = say;
    this.#place = validatorAddresses.indexOf(address);
    this.#copy = new ChainCopy(syncLast);
    this.#links = new Links(port, peers, {
      hello: () => ({
        t: "hello",
        port,
        nodeId,
        place: this.#place,
        ...this.#copy.status(),
        ...this.#copy.tip(),
      }),
      up: (link, hello) => this.#onUp(link, hello),
      down: () => this.#catchUp.look(),
      message: (link, message) => this.#onMessage(link, message),
    });
    this.#consensus = new Consensus({
      place: this.#place,
      addresses: validatorAddresses,
      periodMs,
      requestTimeoutMs,
      head: () => this.#copy.newest(),
      made: (block) => this.#onMade(block),
      broadcast: (message) => this.#links.broadcast(message),
      say,
    });
    this.#catchUp = new CatchUp({
      links: () => this.#links.all(),
      head: () => (this.#frozen || !this.#copy.isThere ? null : this.#copy.head),
      changed: (isSyncing) => this.#onSync(isSyncing),
      perSecond: syncPerSecond,
    });
  }

  async open() {
    await this.#links.open();
    this.#watch = setInterval(() => this.#look(), this.#options.foundAfterMs);
  }

  head() {
    return this.#copy.head;
  }

  best() {
    return Math.max(this.#copy.head, ...this.#links.all().map(({ head }) => head));
  }

  /** @param {number} number */
  at(number) {
    return this.#copy.at(number);
  }

  syncing() {
    const starting = this.#catchUp.starting;
    if (starting === null || this.#links.all().length === 0) return null;
    return { starting, current: this.#copy.head, highest: this.best() };
  }

  peers() {
    return this.#links.all();
  }

  /** @param {import("./orders.mjs").Order} order */
  tell({ sync, freeze, peers, proposing }) {
    if (peers !== undefined) this.#links.limit(peers);
    if (proposing !== undefined) this.#consensus.proposing = proposing;
    if (freeze !== undefined) this.#freeze(freeze);
    if (sync === undefined || !this.#copy.isThere) return;
    this.#consensus.stop();
    this.#catchUp.perSecond = sync.perSecond ?? this.#catchUp.perSecond;
    this.#copy.forget(sync.blocks);
    this.#catchUp.look();
  }

  state() {
    const { head } = this.#copy;
    const { round } = this.#consensus;
    return { head, best: this.best(), round, frozen: this.#frozen, peers: this.#links.all().length };
  }

  async close() {
    clearInterval(this.#watch);
    this.#consensus.stop();
    this.#catchUp.close();
    await this.#links.close();
  }

  /** @param {boolean} wanted */
  #freeze(wanted) {
    this.#frozen = wanted;
    if (wanted) this.#consensus.stop();
    else this.#goOn();
  }

  #goOn() {
    this.#catchUp.look();
    if (this.#place >= 0 && this.#copy.isThere && this.#catchUp.starting === null) this.#consensus.begin();
  }

  /** While it knows no chain: founds one, if none of the validators that it sees comes before it. */
  #look() {
    this.#looks += 1;
    const links = this.#links.all();
    if (links.length === 0) {
      const checked = "Currently checking 0 peers for usefulness";
      this.#say(`Unable to find sync target. Waiting for 1 peers minimum. ${checked}`);
    }
    if (this.#copy.isThere || this.#joinAgain(links) || this.#place < 0) return;
    if (links.some(({ place }) => place >= 0 && place < this.#place)) return;
    const { readyBlocks, periodMs } = this.#options;
    this.#say(`Founding a chain with ${readyBlocks} ready-made blocks: this is a stand-in`);
    this.#copy.found(readyBlocks, periodMs);
    this.#links.broadcast({ t: "status", ...this.#copy.status() });
    this.#goOn();
  }

  /**
   * Whoever was asked for a chain may have left it meanwhile for a better one, and had nothing to give.
   * @param {readonly Link[]} links @returns {boolean} false: nobody has one.
   */
  #joinAgain(links) {
    const [best] = links
      .filter(({ genesis, head }) => genesis !== null && this.#isBetter(genesis, head))
      .sort((one, other) => other.head - one.head);
    if (!best?.genesis) return false;
    this.#join(best, best.genesis);
    return true;
  }

  /** @param {Link} link @param {Message} hello */
  #onUp(link, hello) {
    this.#onStatus(link, hello);
    if (link.place >= 0) this.#consensus.welcome();
  }

  /** @param {Link} link @param {Message} message */
  #onStatus(link, { genesis, head, block, parent }) {
    link.head = genesis === null ? 0 : head;
    link.genesis = genesis;
    if (genesis === null) return;
    if (this.#isBetter(genesis, head)) this.#join(link, genesis);
    else if (block !== undefined && this.#copy.isRivalOfNewest(block, parent)) this.#onRival(block);
    else this.#catchUp.look();
  }

  /** @param {import("./ledger.mjs").Genesis} genesis @param {number} head */
  #isBetter(genesis, head) {
    return this.#copy.isBetter(genesis, head, this.#looks > patientLooks);
  }

  /** @param {Link} link @param {import("./ledger.mjs").Genesis} genesis */
  #join(link, genesis) {
    this.#consensus.stop();
    this.#copy.join(link, genesis);
  }

  /** @param {Link} link @param {Message} message */
  #onMessage(link, message) {
    const { from } = message;
    if (message.t === "ask") link.send({ t: "blocks", from, blocks: this.#copy.blocks(from, message.count) });
    else if (message.t === "status") this.#onStatus(link, message);
    else if (message.t === "blocks") this.#onBlocks(from, message.blocks);
    else if (message.t === "block") this.#onBlock(link, message);
    else this.#onVote(link, message);
  }

  /** @param {Link} link @param {Message} message */
  #onVote(link, message) {
    link.head = Math.max(link.head, message.number - 1);
    this.#catchUp.look();
    const reply = link.place < 0 || this.#frozen ? null : this.#consensus.take(link.place, message);
    if (reply !== null) link.send(reply);
  }

  /** @param {number} from @param {readonly BlockRecord[]} blocks those that were asked for */
  #onBlocks(from, blocks) {
    if (this.#frozen) return;
    const taken = this.#copy.take(from, blocks);
    if (taken === null) return;
    for (const block of taken === "appended" ? blocks : []) this.#sayProgress(block);
    if (taken === "appended") this.#catchUp.taken();
    else this.#links.broadcast({ t: "status", ...this.#copy.status() });
    this.#goOn();
  }

  /** @param {Link} link @param {Message} message */
  #onBlock(link, { block, parent }) {
    link.head = Math.max(link.head, block.number);
    const { genesis, head } = this.#copy.status();
    if (this.#frozen || genesis === null) return;
    if (this.#copy.isRivalOfNewest(block, parent)) this.#onRival(block);
    else if (block.number !== head + 1 || this.#catchUp.starting !== null) this.#catchUp.look();
    else if (parent !== hashOf(this.#copy.newest())) this.#join(link, genesis);
    else this.#onImported(block);
  }

  /** @param {BlockRecord} block */
  #onImported(block) {
    this.#copy.append(block);
    this.#say(`${this.#place >= 0 ? "Imported" : "Imported empty block"} ${blockWords(block)}`);
    if (this.#place >= 0) this.#consensus.begin();
  }

  /**
   * Two blocks were made of one height, in two rounds: who was late had not heard that the others went on.
   * All take the same one of them, or nobody would have enough votes for the next.
   * @param {BlockRecord} block
   */
  #onRival(block) {
    if (!this.#copy.replaceNewest(block)) return;
    this.#say(`Reorganised at ${blockWords(block)}`);
    if (this.#place >= 0 && this.#catchUp.starting === null) this.#consensus.begin();
  }

  /** @param {BlockRecord} block */
  #onMade(block) {
    const parent = hashOf(this.#copy.newest());
    this.#copy.append(block);
    this.#links.broadcast({ t: "block", block, parent });
    this.#say(`Produced ${blockWords(block)}`);
    this.#consensus.begin();
  }

  /** @param {BlockRecord} block */
  #sayProgress(block) {
    if (this.#catchUp.starting === null || block.number % 200 !== 0) return;
    const peers = this.#links.all().length;
    this.#say(`Import reached block ${block.number} (${hashOf(block)}), 0.00 Mg/s, Peers: ${peers}`);
  }

  /** @param {boolean} isSyncing */
  #onSync(isSyncing) {
    if (!isSyncing) this.#links.broadcast({ t: "status", ...this.#copy.status() });
    if (this.#place < 0) return;
    if (isSyncing) {
      this.#say("Stopping BFT mining coordinator while we are syncing");
      this.#consensus.stop();
    } else {
      this.#say("Starting BFT mining coordinator following sync");
      this.#consensus.begin();
    }
  }
}

/** @param {BlockRecord} block */
function blockWords(block) {
  const number = block.number.toLocaleString("en-US");
  return `#${number} / 0 tx / 0 pending / 0 (0.0%) gas / (${hashOf(block)})`;
}
