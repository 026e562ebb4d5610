import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { methods, RpcError } from "./rpc-methods.mjs";

/** The RPC port as Besu serves it: who may ask comes first, then the health paths, then login, then JSON-RPC. */

const mostBytes = 1_000_000;
const tokenSeconds = 300;

/**
 * @param {import("./rpc-methods.mjs").Speaker} node
 * @param {import("./orders.mjs").Orders} orders
 * @returns {import("node:http").RequestListener}
 */
export function rpcListener(node, orders) {
  const key = randomBytes(32);
  return (request, response) => {
    response.on("error", () => {});
    if (orders.hang) return;
    answer(node, orders, key, request).then(
      (reply) => send(response, reply, orders.drip),
      () => response.destroy(),
    );
  };
}

/** @typedef {{ status: number, body: string, type?: string }} Reply */

/**
 * @param {import("./rpc-methods.mjs").Speaker} node @param {import("./orders.mjs").Orders} orders
 * @param {Buffer} key @param {import("node:http").IncomingMessage} request
 * @returns {Promise<Reply>}
 */
async function answer(node, orders, key, request) {
  const host = /^(\[[^\]]*\]|[^:]*)/.exec(request.headers.host ?? "")?.[0].toLowerCase() ?? "";
  if (!orders.hosts.includes("*") && !orders.hosts.includes(host))
    return { status: 403, body: '{"message":"Host not authorized."}' };
  const url = new URL(request.url ?? "/", "http://stand-in");
  if (url.pathname === "/liveness") return health(true);
  if (url.pathname === "/readiness") return health(isReady(node.chain, url.searchParams));
  const body = await read(request);
  if (url.pathname === "/login" && request.method === "POST") return login(orders, key, body);
  if (url.pathname !== "/") return { status: 404, body: "" };
  if (request.method !== "POST") return { status: 201, body: "" };
  if (orders.auth !== null && !isToken(key, request.headers.authorization))
    return failure(401, -40100, "Unauthorized");
  return rpc(node, orders, body);
}

/** @param {boolean} up @returns {Reply} */
function health(up) {
  return {
    status: up ? 200 : 503,
    body: `{\n  "status" : "${up ? "UP" : "DOWN"}"\n}`,
    type: "application/json",
  };
}

/**
 * As HealthService and ReadinessCheck have it: no sync status counts as in sync.
 * @param {import("./scripted-chain.mjs").Chain} chain @param {URLSearchParams} asked
 */
function isReady(chain, asked) {
  const [minPeers, maxBehind] = [asked.get("minPeers") ?? "1", asked.get("maxBlocksBehind") ?? "2"];
  if (!/^-?\d+$/.test(minPeers) || !/^-?\d+$/.test(maxBehind)) return false;
  const status = chain.syncing();
  const behind = status === null ? 0 : status.highest - status.current;
  return chain.peers().length >= Number(minPeers) && (status === null || behind <= Number(maxBehind));
}

/** @param {import("./orders.mjs").Orders} orders @param {Buffer} key @param {string} body @returns {Reply} */
function login({ auth }, key, body) {
  if (auth === null) return { status: 400, body: "Authentication not enabled" };
  const { username, password } = parsed(body) ?? {};
  if (username !== auth.user || password !== auth.password) return { status: 401, body: "Unauthorized" };
  const now = Math.floor(Date.now() / 1000);
  const claims = { permissions: ["*:*"], username, iat: now, exp: now + tokenSeconds };
  const text = [{ typ: "JWT", alg: "HS256" }, claims].map((part) => base64(JSON.stringify(part))).join(".");
  return {
    status: 200,
    body: JSON.stringify({ token: `${text}.${signature(key, text)}` }),
    type: "application/json",
  };
}

/** @param {Buffer} key @param {string | undefined} header */
function isToken(key, header) {
  const [, text = "", claims = "", sign = ""] = /^Bearer (\S+\.(\S+))\.(\S+)$/.exec(header ?? "") ?? [];
  const [given, right] = [Buffer.from(sign), Buffer.from(signature(key, text))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
  return (parsed(Buffer.from(claims, "base64url").toString())?.exp ?? 0) * 1000 > Date.now();
}

/** @param {string} text */
const base64 = (text) => Buffer.from(text).toString("base64url");
/** @param {Buffer} key @param {string} text */
const signature = (key, text) => createHmac("sha256", key).update(text).digest("base64url");

/** @param {string} text @returns {any} undefined: it is no JSON. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {import("./rpc-methods.mjs").Speaker} node @param {import("./orders.mjs").Orders} orders @param {string} body
 * @returns {Reply}
 */
function rpc(node, orders, body) {
  const asked = parsed(body);
  if (asked === undefined) return failure(400, -32700, "Parse error");
  if (Array.isArray(asked)) {
    if (asked.length === 0) return failure(400, -32600, "Invalid Request");
    return json(
      200,
      asked.map((one) => call(node, orders, one)),
    );
  }
  const result = call(node, orders, asked);
  return json("error" in result && result.error?.code === -32600 ? 400 : 200, result);
}

/**
 * @param {import("./rpc-methods.mjs").Speaker} node @param {import("./orders.mjs").Orders} orders @param {any} asked
 * @returns {{ jsonrpc: "2.0", id: unknown, result?: unknown, error?: { code: number, message: string } }}
 */
function call(node, orders, asked) {
  const { id = null, method, params = [] } = asked ?? {};
  /** @param {number} code @param {string} message */
  const wrong = (code, message) => ({ jsonrpc: /** @type {const} */ ("2.0"), id, error: { code, message } });
  if (typeof method !== "string" || !Array.isArray(params)) return wrong(-32600, "Invalid Request");
  const told = orders.errors.get(method);
  if (told !== undefined) return wrong(told.code, told.message);
  if (orders.answers.has(method)) return { jsonrpc: "2.0", id, result: orders.answers.get(method) };
  const does = methods[method];
  if (does === undefined) return wrong(-32601, "Method not found");
  if (!orders.apis.includes(method.split("_", 1)[0]?.toUpperCase() ?? ""))
    return wrong(-32604, "Method not enabled");
  try {
    return { jsonrpc: "2.0", id, result: does(node, params) };
  } catch (error) {
    return error instanceof RpcError ? wrong(error.code, error.message) : wrong(-32603, "Internal error");
  }
}

/** @param {number} status @param {unknown} value @returns {Reply} */
function json(status, value) {
  return { status, body: JSON.stringify(value), type: "application/json" };
}

/** @param {number} status @param {number} code @param {string} message */
function failure(status, code, message) {
  return json(status, { jsonrpc: "2.0", id: null, error: { code, message } });
}

/** @param {import("node:http").IncomingMessage} request */
async function read(request) {
  let text = "";
  for await (const part of request.setEncoding("utf8")) {
    text += part;
    if (text.length > mostBytes) throw new Error("too large");
  }
  return text;
}

/** @param {import("node:http").ServerResponse} response @param {Reply} reply @param {boolean} drip */
function send(response, { status, body, type = "text/plain" }, drip) {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  if (!drip) {
    response.end(body);
    return;
  }
  const bytes = Buffer.from(body);
  let sent = 0;
  const dripping = setInterval(() => {
    response.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent < bytes.length) return;
    clearInterval(dripping);
    response.end();
  }, 1_000);
  response.on("close", () => clearInterval(dripping));
}
