import { randomUUID } from "node:crypto";

/** A name for one start and what follows from it, as systemd has them: 32 hexadecimal digits. */
export function newInvocation(): string {
  return randomUUID().replaceAll("-", "");
}
