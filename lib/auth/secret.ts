import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, safe in cookies, headers and addresses. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What the database keeps in a secret's place. Random secrets need no salt and no slow hash. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

const secretPattern = /^[A-Za-z0-9_-]{43}$/;

/** Whether the text has the form of `newSecret()`: anything else is not worth a query. */
export function looksLikeSecret(text: string): boolean {
  return secretPattern.test(text);
}
