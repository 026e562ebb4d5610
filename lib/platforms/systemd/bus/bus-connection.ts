import { now, spanInWords } from "../../../clock";
import type { Micros } from "../../../machine/types";
import { BusError, disconnected, inconsistent, noReply } from "./bus-error";
import { begin, Greeting, hello } from "./greeting";
import { encodeMessage, type Message, messageTypes } from "./message";
import { MessageSplitter } from "./message-splitter";
import type { Transport } from "./transport";
import { WireError } from "./wire-error";
import type { BusValue } from "./wire-reader";
import type { BusArgument } from "./wire-writer";

/** One method call. The answer must have the signature `reply`, else the call fails. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly BusArgument[];
  readonly reply: string;
  /** Sent at once, before whatever waits for its turn: somebody pressed a button, or it is gone in a moment. */
  readonly urgent?: boolean;
}

interface Waiting {
  readonly call: BusCall;
  readonly resolve: (body: readonly BusValue[]) => void;
  readonly reject: (error: BusError) => void;
  timer?: NodeJS.Timeout;
}

/** Polkit once took 15 s to answer the first call (DOMAIN §1.5). */
const callLimitMs = 25_000;
/** A bus refuses callers with too many calls open, and what is urgent must not stand behind hundreds. */
const mostAtOnce = 32;

/**
 * A connection to a bus over any transport. Written here because the clients on npm throw where
 * nobody can catch it as soon as the other side sends what is no D-Bus; this one ends with a reason.
 *
 * Messages are handed on in the order in which they came, and after each answer whoever waited for
 * it runs first: what an answer says is known before the signals that followed it.
 */
export class BusConnection {
  /** Why the connection is over, in words for people; never rejects. */
  readonly ended: Promise<string>;
  onSignal: (message: Message) => void = () => undefined;
  readonly #transport: Transport;
  readonly #splitter = new MessageSplitter();
  readonly #sent = new Map<number, Waiting>();
  readonly #unsent: Waiting[] = [];
  #inbox: Message[] = [];
  #pumping = false;
  #serial = 0;
  #over: string | null = null;
  #closed: Promise<void> = Promise.resolve();
  #lastHeardAt: Micros | null = null;
  #tellEnd: (reason: string) => void = () => undefined;
  #take: (chunk: Buffer) => void = () => undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.ended = new Promise((resolve) => {
      this.#tellEnd = resolve;
    });
    transport.input.on("data", (chunk: Buffer) => {
      this.#lastHeardAt = now().at;
      this.#guarded(() => this.#take(chunk));
    });
    transport.input.on("end", () => this.#endOfInput());
    transport.gone.then((reason) => this.end(reason)).catch(() => undefined);
  }

  /** When anything last came from there, by our clock; null if nothing ever did. */
  get lastHeardAt(): Micros | null {
    return this.#lastHeardAt;
  }

  /** Authenticates. Rejects with a BusError if the connection ends, or if that takes longer than the limit. */
  greet(limitMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => void this.end(this.#silence(limitMs)), limitMs);
      const greeting = new Greeting();
      this.#take = (chunk) => {
        const greeted = greeting.push(chunk);
        switch (greeted.tag) {
          case "waiting":
            return;
          case "refused":
            void this.end(greeted.reason);
            return;
          case "accepted":
            clearTimeout(timer);
            this.#transport.output.write(begin);
            this.#take = (bytes) => this.#receive(bytes);
            if (greeted.rest.length > 0) this.#take(greeted.rest);
            resolve();
            return;
        }
      };
      this.ended
        .then((reason) => {
          clearTimeout(timer);
          reject(new BusError(disconnected, reason));
        })
        .catch(() => undefined);
      this.#transport.output.write(hello);
    });
  }

  /** Calls a method; calls are sent without waiting for each other. Rejects with a BusError. */
  call(call: BusCall): Promise<readonly BusValue[]> {
    return new Promise((resolve, reject) => {
      if (this.#over !== null) {
        reject(new BusError(disconnected, this.#over));
        return;
      }
      const waiting = { call, resolve, reject };
      if (call.urgent) this.#sendNow(waiting);
      else {
        this.#unsent.push(waiting);
        this.#send();
      }
    });
  }

  /** Ends the connection for this reason, if it has not ended yet; resolves when nothing is left of it. */
  end(reason: string): Promise<void> {
    if (this.#over !== null) return this.#closed;
    this.#over = reason;
    this.#inbox = [];
    this.#closed = this.#transport.end();
    for (const waiting of [...this.#sent.values(), ...this.#unsent]) {
      clearTimeout(waiting.timer);
      waiting.reject(new BusError(disconnected, reason));
    }
    this.#sent.clear();
    this.#unsent.length = 0;
    this.#tellEnd(reason);
    return this.#closed;
  }

  #send(): void {
    while (this.#sent.size < mostAtOnce) {
      const waiting = this.#unsent.shift();
      if (waiting === undefined) return;
      this.#sendNow(waiting);
    }
  }

  #sendNow(waiting: Waiting): void {
    this.#serial = (this.#serial % 0xffff_fffe) + 1;
    const serial = this.#serial;
    this.#sent.set(serial, waiting);
    waiting.timer = setTimeout(() => this.#expire(serial), callLimitMs);
    const { destination, path, interface: of, member, signature = "", body = [] } = waiting.call;
    const call = { destination, path, interface: of, member, signature, body };
    this.#transport.output.write(encodeMessage({ type: messageTypes.call, serial, ...call }));
  }

  #expire(serial: number): void {
    // After a pause of this process timers fire before what arrived meanwhile is read.
    setImmediate(() => {
      const waiting = this.#sent.get(serial);
      if (waiting === undefined) return;
      this.#sent.delete(serial);
      const { member } = waiting.call;
      waiting.reject(new BusError(noReply, `${member} was not answered within ${spanInWords(callLimitMs)}`));
      this.#send();
    });
  }

  #receive(chunk: Buffer): void {
    this.#inbox.push(...this.#splitter.push(chunk));
    if (!this.#pumping) this.#pump();
    if (this.#inbox.length > 0) this.#transport.input.pause();
  }

  #pump(): void {
    this.#pumping = false;
    for (;;) {
      const message = this.#inbox.shift();
      if (message === undefined) {
        this.#transport.input.resume();
        return;
      }
      if (message.type === messageTypes.signal) this.onSignal(message);
      else if (this.#answer(message)) {
        this.#pumping = true;
        setImmediate(() => this.#guarded(() => this.#pump()));
        return;
      }
    }
  }

  #answer(message: Message): boolean {
    const isReply = message.type === messageTypes.reply;
    if (message.replySerial === null || !(isReply || message.type === messageTypes.error)) return false;
    const waiting = this.#sent.get(message.replySerial);
    if (waiting === undefined) return false;
    const { call, resolve, reject } = waiting;
    if (!isReply) reject(errorOf(message));
    else if (message.signature === call.reply) resolve(message.body());
    else {
      const [got, wanted] = [message.signature, call.reply].map((types) => types || "nothing");
      reject(new BusError(inconsistent, `${call.member} answered ${got} where ${wanted} was expected`));
    }
    // Not earlier: a body that cannot be read ends the connection, and with it this call.
    this.#sent.delete(message.replySerial);
    clearTimeout(waiting.timer);
    this.#send();
    return true;
  }

  #guarded(work: () => void): void {
    if (this.#over !== null) return;
    try {
      work();
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      void this.end(
        error instanceof WireError
          ? `what the host sends is no D-Bus: ${what}`
          : `what the host sent could not be read: ${what}`,
      );
    }
  }

  #endOfInput(): void {
    // A command's own words come when it has ended, a moment after its output.
    setTimeout(() => void this.end("the connection was closed from there"), 1_000).unref();
  }

  #silence(limitMs: number): string {
    const said = this.#transport.said();
    const words = said === "" ? "it may be waiting for a password, which Signalbox never gives" : said;
    return `no answer within ${spanInWords(limitMs)}: ${words}`;
  }
}

function errorOf(message: Message): BusError {
  const [words] = message.signature.startsWith("s") ? message.body() : [];
  return new BusError(message.errorName ?? "", typeof words === "string" ? words : "");
}
