import type { Database } from "@/db/open";
import { createToken } from "@/db/write/create-token";
import { revokeToken } from "@/db/write/revoke-token";
import { localOperator, tokenPrefix } from "../auth/identify";
import { hashSecret, newSecret } from "../auth/secret";
import { now } from "../clock";

/** The demo fleet's automatic operator is a service that uses the API like any script would. */
const drill = { service: "demo/drill", name: "demo-drill" } as const;

/** Makes a fresh token for the demo's automatic operator, in place of the one of the last start. */
export async function demoSecrets(database: Database) {
  const { at } = now();
  const token = `${tokenPrefix}${newSecret()}`;
  await revokeToken(database, drill.name, localOperator, at);
  await createToken(database, {
    name: drill.name,
    role: "operator",
    hash: hashSecret(token),
    actor: localOperator,
    at,
  });
  const host = process.env.HOST ?? "127.0.0.1";
  const api = `http://${host.includes(":") ? `[${host}]` : host}:${process.env.PORT ?? "4600"}`;
  return { [drill.service]: { DRILL_API: api, DRILL_TOKEN: token } };
}
