import { parseArgs } from "node:util";
import type { Database } from "@/db/open";
import { readLiveTokens } from "@/db/read/who";
import { createToken } from "@/db/write/create-token";
import { revokeToken } from "@/db/write/revoke-token";
import { now, toRfc3339 } from "../clock";
import { localOperator, type Role, roles, tokenPrefix } from "./identify";
import { hashSecret, newSecret } from "./secret";

interface Output {
  write(text: string): unknown;
}

export interface TokenCommandParts {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly database: Database;
}

const usage = `Usage:
  npm run token -- create --name NAME --role ${roles.join("|")}
  npm run token -- list
  npm run token -- revoke NAME_OR_ID
`;

const done = 0;
const refused = 1;
const misused = 2;

/**
 * `npm run token`. A new token stands alone on standard output, once; only its hash is kept.
 * @returns the exit code: 0 done, 1 refused, 2 wrong usage; the reason is on standard error.
 */
export async function tokenCommand(argv: readonly string[], parts: TokenCommandParts): Promise<number> {
  const read = readArguments(argv);
  if (typeof read === "string") return misuse(parts, read);
  const [verb, ...rest] = read.words;
  if (verb === "create" && rest.length === 0) return create(parts, read.name, read.role);
  if (read.name !== undefined || read.role !== undefined)
    return misuse(parts, "--name and --role belong to create.");
  if (verb === "list" && rest.length === 0) return list(parts);
  if (verb === "revoke" && rest[0] !== undefined && rest.length === 1) return revoke(parts, rest[0]);
  return misuse(parts, verb === undefined ? "Say what to do." : `"${argv.join(" ")}" is not understood.`);
}

function readArguments(argv: readonly string[]) {
  const options = { name: { type: "string" }, role: { type: "string" } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { words: positionals, name: values.name, role: values.role };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function misuse({ stderr }: TokenCommandParts, message: string): number {
  stderr.write(`${message}\n${usage}`);
  return misused;
}

async function create(parts: TokenCommandParts, name = "", role = ""): Promise<number> {
  const wrong = refuseName(name) ?? (isRole(role) ? null : `--role is one of ${roles.join(", ")}.`);
  if (wrong !== null || !isRole(role)) return misuse(parts, wrong ?? "");
  const token = `${tokenPrefix}${newSecret()}`;
  const wanted = { name, role, hash: hashSecret(token), actor: localOperator, at: now().at };
  if (await createToken(parts.database, wanted)) {
    parts.stdout.write(`${token}\n`);
    return done;
  }
  parts.stderr.write(`A token named ${name} is in use: revoke it first, or choose another name.\n`);
  return refused;
}

/** Names stand in history as the actor: they must be readable, and nobody else's. */
function refuseName(name: string): string | null {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@:/+-]{0,99}$/u.test(name) || name !== name.trim())
    return "--name is 1 to 100 letters, digits, spaces and . _ @ : / + -, beginning with a letter or digit.";
  return name.toLowerCase() === localOperator
    ? `"${localOperator}" is the browser that was signed in.`
    : null;
}

function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}

async function list({ stdout, database }: TokenCommandParts): Promise<number> {
  for (const { name, role, createdAt, id } of await readLiveTokens(database.db))
    stdout.write(`${name}\t${role}\t${toRfc3339(createdAt)}\t${id}\n`);
  return done;
}

async function revoke({ stdout, stderr, database }: TokenCommandParts, which: string): Promise<number> {
  const name = await revokeToken(database, which, localOperator, now().at);
  if (name === null) stderr.write(`No token in use has this name or id: ${JSON.stringify(which)}\n`);
  else stdout.write(`${name} is revoked.\n`);
  return name === null ? refused : done;
}
