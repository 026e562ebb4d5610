import { z } from "zod";
import type { BesuAuth } from "../../config/fleet";
import type { Secret } from "../../config/notify-config";
import type { Exchange } from "../exchange";
import { ExchangeError } from "../exchange-error";
import type { AskingLimits } from "./asking-limits";

/** Gives the token that goes with each question. */
export interface RpcLogin {
  /** @throws ExchangeError where there is none to be had. */
  token(limits: AskingLimits): Promise<string | null>;
  /** The node refused this token. Whether it is worth asking again with a new one. */
  refused(token: string | null): boolean;
  /** What is told when it is refused for good. */
  denial(): ExchangeError;
}

interface LoginParts {
  readonly auth: BesuAuth | null;
  readonly url: string;
  readonly exchange: Exchange;
  readonly secret: (secret: Secret) => Promise<string>;
}

const tokenSchema = z.object({ token: z.string().regex(/^[\w.~+/=-]+$/) });

/** Logs in by `POST /login`, or uses a token that was given; nothing of either is ever told. */
export function createRpcLogin({ auth, url, exchange, secret }: LoginParts): RpcLogin {
  let kept: string | null = null;
  return {
    async token(limits) {
      if (auth === null) return null;
      if (auth.tag === "token") return checkedToken(await readSecret(auth.token, secret, "besu.token"));
      kept ??= await logIn(auth, new URL("/login", url).href, exchange, secret, limits);
      return kept;
    },
    refused(token) {
      if (auth?.tag !== "login") return false;
      if (kept === token) kept = null;
      return token !== null;
    },
    denial: () => denialOf(auth),
  };
}

async function logIn(
  auth: Extract<BesuAuth, { tag: "login" }>,
  url: string,
  exchange: Exchange,
  secret: LoginParts["secret"],
  { signal, leftMs }: AskingLimits,
): Promise<string> {
  const password = await readSecret(auth.password, secret, "besu.password");
  const { status, body } = await exchange.ask({
    url,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: auth.user, password }),
    timeoutMs: leftMs(),
    signal,
  });
  if (status === 401) {
    throw new ExchangeError("denied", `the login of ${auth.user} is refused`, {
      mend: "Set besu.user and besu.password as in the file of --rpc-http-authentication-credentials-file.",
    });
  }
  if (status === 404 || status === 405 || status === 400) {
    throw new ExchangeError("denied", `it takes no logins (HTTP ${status} at /login)`, {
      mend: "Set besu.token to a JWT that its public key fits, or start Besu with --rpc-http-authentication-credentials-file.",
    });
  }
  const said = status === 200 ? tokenSchema.safeParse(jsonOrNull(body)) : null;
  if (said?.success !== true) throw new ExchangeError("nonsense", `HTTP ${status} at /login, and no token`);
  return said.data.token;
}

/** It is read anew each time: a token in a file may be renewed there. */
async function readSecret(wanted: Secret, secret: LoginParts["secret"], key: string): Promise<string> {
  try {
    return (await secret(wanted)).trim();
  } catch (cause) {
    throw new ExchangeError("denied", `${key} cannot be read`, { cause });
  }
}

function checkedToken(token: string): string {
  if (tokenSchema.safeParse({ token }).success) return token;
  throw new ExchangeError("denied", "besu.token is no token", { mend: "Set besu.token to a JWT." });
}

function denialOf(auth: BesuAuth | null): ExchangeError {
  switch (auth?.tag) {
    case undefined:
      return new ExchangeError("denied", "it wants a login (HTTP 401, Unauthorized)", {
        mend: "Set besu.user and besu.password, or besu.token, in signalbox.yaml, or start Besu with the methods in --rpc-http-api-methods-no-auth.",
      });
    case "login":
      return new ExchangeError("denied", "it refuses the token that it gave itself (HTTP 401, Unauthorized)");
    case "token":
      return new ExchangeError("denied", "it refuses besu.token (HTTP 401, Unauthorized)", {
        mend: "Set besu.token to a JWT that has not expired and fits --rpc-http-authentication-jwt-public-key-file.",
      });
  }
}

export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
