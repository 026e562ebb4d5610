import { connect, createServer } from "node:net";
import { onLines } from "./on-lines.mjs";

/**
 * A message of the stand-ins' own small language, a line of JSON over loopback TCP. It is not Besu's
 * protocol: only what a node says to operators is.
 * @typedef {{ readonly t: string, readonly [key: string]: any }} Message
 *
 * A node at the other end; `head` is the newest block that it spoke of, `genesis` how its chain begins.
 * @typedef {{ readonly port: number, readonly nodeId: string, readonly place: number, head: number, genesis: import("./ledger.mjs").Genesis | null, send(message: Message): void, close(): void }} Link
 *
 * @typedef {object} Listener
 * @property {() => Message} hello what is said first
 * @property {(link: Link, hello: Message) => void} up
 * @property {(link: Link) => void} down
 * @property {(link: Link, message: Message) => void} message
 */

/** The connections of a node with its peers: of two nodes the one with the higher port dials. */
export class Links {
  /** @type {Map<number, Link>} */
  #links = new Map();
  /** @type {Set<import("node:net").Socket>} */
  #sockets = new Set();
  /** @type {Set<number>} */
  #dialled = new Set();
  #most = Number.POSITIVE_INFINITY;
  #server = createServer((socket) => this.#greet(socket));
  #port;
  #peers;
  #listener;
  /** @type {NodeJS.Timeout | undefined} */
  #redial;

  /** @param {number} port @param {readonly number[]} peers @param {Listener} listener */
  constructor(port, peers, listener) {
    this.#port = port;
    this.#peers = peers.filter((peer) => peer < port);
    this.#listener = listener;
  }

  async open() {
    await new Promise((resolve, reject) => {
      this.#server.once("error", reject).listen(this.#port, "127.0.0.1", () => resolve(undefined));
    });
    this.#dialAll();
    this.#redial = setInterval(() => this.#dialAll(), 1_000);
  }

  all() {
    return [...this.#links.values()];
  }

  /** @param {Message} message */
  broadcast(message) {
    for (const link of this.#links.values()) link.send(message);
  }

  /** @param {number | null} most so many at once; null: all. */
  limit(most) {
    this.#most = most ?? Number.POSITIVE_INFINITY;
    for (const link of this.all().slice(this.#most)) link.close();
  }

  async close() {
    clearInterval(this.#redial);
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(() => resolve(undefined)));
  }

  #dialAll() {
    for (const port of this.#peers) {
      if (this.#links.has(port) || this.#dialled.has(port) || this.#links.size >= this.#most) continue;
      this.#dialled.add(port);
      const socket = connect(port, "127.0.0.1", () => this.#greet(socket));
      socket.on("error", () => {}).on("close", () => this.#dialled.delete(port));
    }
  }

  /** @param {import("node:net").Socket} socket */
  #greet(socket) {
    if (this.#links.size >= this.#most) {
      // Without a word: whoever hears a hello takes it for a node that is back.
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    /** @type {Link | null} */
    let link = null;
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      this.#sockets.delete(socket);
      if (link === null || this.#links.get(link.port) !== link) return;
      this.#links.delete(link.port);
      this.#listener.down(link);
    });
    onLines(socket, (message) => {
      if (link === null) link = this.#take(socket, message);
      else this.#listener.message(link, message);
    });
    socket.write(`${JSON.stringify(this.#listener.hello())}\n`);
  }

  /** @param {import("node:net").Socket} socket @param {Message} hello */
  #take(socket, hello) {
    const { port, nodeId, place, head } = hello;
    /** @type {Link} */
    const link = {
      port,
      nodeId,
      place,
      head,
      genesis: null,
      send: (message) => void socket.write(`${JSON.stringify(message)}\n`),
      close: () => socket.destroy(),
    };
    this.#links.get(port)?.close();
    this.#links.set(port, link);
    this.#listener.up(link, hello);
    return link;
  }
}
