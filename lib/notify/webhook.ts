import { createHmac } from "node:crypto";
import { linkTo, messageOf } from "./message";
import type { Post } from "./post";
import type { Delivery, Telling } from "./telling";

/**
 * A delivery as JSON for any receiver. The body of a delivery is always the same, also when it is tried
 * again: `signalbox-delivery` is what a receiver knows a doubled one by. With a secret,
 * `signalbox-signature` is `v1=` and the HMAC-SHA256, in hexadecimal, of the timestamp's digits, a full
 * stop, and the body.
 * @param atMs this moment, for the timestamp that the signature covers.
 */
export function webhookPost(
  url: URL,
  secret: string | null,
  delivery: Delivery,
  base: string,
  atMs: number,
): Post {
  const items = delivery.tellings.map((telling) => itemOf(telling, base));
  const body = JSON.stringify({ version: 1, delivery: delivery.id, items });
  const timestamp = String(Math.floor(atMs / 1_000));
  const headers = { "signalbox-delivery": delivery.id, "signalbox-timestamp": timestamp };
  if (secret === null) return { url, body, headers };
  return { url, body, headers: { ...headers, "signalbox-signature": sign(secret, timestamp, body) } };
}

function sign(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

function itemOf(telling: Telling, base: string) {
  const { title } = messageOf(telling, base);
  switch (telling.tag) {
    case "test":
      return { what: "test", at: telling.at, actor: telling.by, title, link: `${base}/settings` };
    case "alert": {
      const { what, at, actor, note, alert, runbook } = telling;
      return { what, at, actor, note, title, link: linkTo(alert, base), runbook, alert };
    }
  }
}
