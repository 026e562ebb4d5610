import { type ClientRequestArgs, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent, type RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import type { Dial } from "./exchange";
import { IdleConnections } from "./idle-connections";

type OnConnected = (error: Error | null, stream: Duplex) => void;
type Open = (options: ClientRequestArgs, onConnected: OnConnected) => void;

/** The connections of one exchange: few, kept between questions, and never another exchange's. */
export class KeptConnections {
  readonly #idle = new IdleConnections();
  readonly #open: Open | null;
  readonly #agents = new Map<string, HttpAgent>();
  /** Of the question whose turn it is: what is dialled is dialled for it. */
  #stop: AbortSignal = AbortSignal.abort();

  constructor(dial: Dial | undefined) {
    this.#open = dial === undefined ? null : opening(dial, () => this.#stop);
  }

  /** @param stop ends what is dialled for the question that the agent is asked for. */
  agentFor(protocol: string, stop: AbortSignal): HttpAgent {
    this.#stop = stop;
    const known = this.#agents.get(protocol);
    if (known !== undefined) return known;
    const agent =
      protocol === "https:" ? new TlsAgent(this.#idle, this.#open) : new PlainAgent(this.#idle, this.#open);
    this.#agents.set(protocol, agent);
    return agent;
  }

  closeIdle(): void {
    for (const { freeSockets } of this.#agents.values())
      for (const sockets of Object.values(freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }
}

/** Several, since an application may be asked several things at once; over `dial` there is one anyway. */
const agentOptions = { keepAlive: true, maxSockets: 4, maxFreeSockets: 2 };

class PlainAgent extends HttpAgent {
  readonly #idle: IdleConnections;
  readonly #open: Open | null;

  constructor(idle: IdleConnections, open: Open | null) {
    super(agentOptions);
    this.#idle = idle;
    this.#open = open;
  }

  override createConnection(options: ClientRequestArgs, onConnected: OnConnected) {
    if (this.#open === null) return super.createConnection(options, onConnected);
    this.#open(options, onConnected);
    return undefined;
  }

  override keepSocketAlive(socket: Duplex): boolean {
    return this.#idle.keep(socket) && keptByNode(super.keepSocketAlive(socket));
  }

  override reuseSocket(...[socket, request]: Parameters<HttpAgent["reuseSocket"]>): void {
    this.#idle.take(socket);
    super.reuseSocket(socket, request);
  }
}

/** Sessions are not resumed: a certificate that was renewed, or has ended, is seen at the next connection. */
class TlsAgent extends HttpsAgent {
  readonly #idle: IdleConnections;
  readonly #open: Open | null;

  constructor(idle: IdleConnections, open: Open | null) {
    super({ ...agentOptions, maxCachedSessions: 0 });
    this.#idle = idle;
    this.#open = open;
  }

  override createConnection(options: RequestOptions, onConnected: OnConnected) {
    if (this.#open === null) return super.createConnection(options, onConnected);
    this.#open(options, (error, socket) => {
      if (error !== null) return onConnected(error, socket);
      const { host, servername } = options;
      const name = servername ? { servername } : {};
      onConnected(null, connectTls({ socket, ...(host ? { host } : {}), ...name }));
    });
    return undefined;
  }

  override keepSocketAlive(socket: Duplex): boolean {
    return this.#idle.keep(socket) && keptByNode(super.keepSocketAlive(socket));
  }

  override reuseSocket(...[socket, request]: Parameters<HttpAgent["reuseSocket"]>): void {
    this.#idle.take(socket);
    super.reuseSocket(socket, request);
  }
}

/** Node's method says whether the connection is kept, and its type does not say so. */
function keptByNode(said: unknown): boolean {
  return said !== false;
}

function opening(dial: Dial, stopOf: () => AbortSignal): Open {
  return ({ host, port }, onConnected) => {
    const stop = stopOf();
    // Whoever dials may not heed the signal: the question ends all the same, and a late stream is closed.
    let isOver = false;
    const once = (error: Error | null, stream: Duplex | null) => {
      if (isOver) return void stream?.destroy();
      isOver = true;
      stop.removeEventListener("abort", onStop);
      onConnected(error, stream as Duplex);
    };
    const onStop = () => once(new Error("given up"), null);
    stop.addEventListener("abort", onStop, { once: true });
    dial({ host: host ?? "", port: Number(port) }, stop).then(
      (stream) => once(null, withManners(stream)),
      (error: Error) => once(error, null),
    );
  };
}

/** What Node's agent asks of a socket of its own and not every stream has. */
function withManners(stream: Duplex): Duplex {
  const manners = ["ref", "unref", "setKeepAlive", "setNoDelay", "setTimeout"];
  for (const name of manners)
    if (!(name in stream)) Object.defineProperty(stream, name, { value: () => stream });
  return stream;
}
