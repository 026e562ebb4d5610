/**
 * What a stand-in for Besu can be told to do: the keys of a JSON object, each on its own or together.
 * A key that is left out changes nothing.
 *
 * @typedef {object} Order
 * @property {{ blocks: number, perSecond?: number }} [sync] falls so many blocks behind, and catches up.
 * @property {boolean} [freeze] its head stands still; false: it goes on.
 * @property {number | null} [peers] has so many peers at the most; null: as many as there are.
 * @property {{ method: string, code?: number, message?: string, clear?: boolean }} [error] answers a method with an error, by default -32603 "Internal error"; with `clear` no longer.
 * @property {{ method: string, result: unknown }} [answer] answers a method with whatever is given.
 * @property {readonly string[]} [hosts] the Host names it answers; ["*"]: all; []: none.
 * @property {boolean} [refuseHost] true: refuses every Host; false: localhost and 127.0.0.1 again.
 * @property {{ user: string, password: string } | null} [auth] asks for a login; null: for none.
 * @property {readonly string[]} [apis] the API groups that are enabled, such as ["ETH", "NET"].
 * @property {boolean} [hang] takes questions and never answers.
 * @property {boolean} [drip] answers one byte a second.
 * @property {boolean} [rpc] false: nobody listens at its RPC port; true: it listens again, at the same port.
 * @property {boolean} [proposing] false: does not propose when it is its turn, but votes.
 * @property {readonly number[]} [proposers] without a real chain: who proposes from now on, 1 to 5 in the order of their addresses.
 * @property {number} [crash] ends its process at once with this exit code.
 * @property {true} [reset] forgets every order about its answers.
 */

/** The groups of methods, by what stands before the underscore. */
export const apiGroups = ["ETH", "NET", "WEB3", "ADMIN", "QBFT", "TXPOOL"];

const defaultHosts = ["localhost", "127.0.0.1"];

/** What was told about its answers. */
export class Orders {
  /** @type {readonly string[]} */
  hosts;
  /** @type {readonly string[]} */
  apis;
  /** @type {{ user: string, password: string } | null} */
  auth;
  hang = false;
  drip = false;
  /** @type {Map<string, { code: number, message: string }>} */
  errors = new Map();
  /** @type {Map<string, unknown>} */
  answers = new Map();
  #initial;

  /** @param {{ hosts?: readonly string[], apis?: readonly string[], auth?: { user: string, password: string } | null }} initial */
  constructor({ hosts = defaultHosts, apis = apiGroups, auth = null }) {
    this.#initial = { hosts, apis, auth };
    this.hosts = hosts;
    this.apis = apis;
    this.auth = auth;
  }

  /** @param {Order} order */
  take({ reset, error, answer, hosts, refuseHost, auth, apis, hang, drip }) {
    if (reset) {
      Object.assign(this, this.#initial, { hang: false, drip: false });
      this.errors.clear();
      this.answers.clear();
    }
    if (error !== undefined) this.#takeError(error);
    if (answer !== undefined) this.answers.set(answer.method, answer.result);
    if (refuseHost !== undefined) this.hosts = refuseHost ? [] : defaultHosts;
    if (hosts !== undefined) this.hosts = hosts;
    if (auth !== undefined) this.auth = auth;
    if (apis !== undefined) this.apis = apis;
    if (hang !== undefined) this.hang = hang;
    if (drip !== undefined) this.drip = drip;
  }

  /** @param {NonNullable<Order["error"]>} error */
  #takeError(error) {
    const { method, code = -32603, message = "Internal error", clear = false } = error;
    if (clear) this.errors.delete(method);
    else this.errors.set(method, { code, message });
  }
}

const known =
  "sync freeze peers error answer hosts refuseHost auth apis hang drip rpc proposing proposers crash reset".split(
    " ",
  );

/**
 * @param {unknown} value
 * @returns {Order}
 * @throws {TypeError} when it is no order, in words.
 */
export function readOrder(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError("an order is a JSON object");
  const strange = Object.keys(value).find((key) => !known.includes(key));
  if (strange !== undefined) throw new TypeError(`"${strange}" is no order; there are ${known.join(", ")}`);
  return value;
}
