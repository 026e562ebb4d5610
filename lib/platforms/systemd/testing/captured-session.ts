import { readFileSync } from "node:fs";

interface Captured {
  readonly dir: "c2s" | "s2c";
  readonly b64: string;
}

/** One chunk of a session as it went over the wire, and to whom. */
export interface Chunk {
  readonly to: "client" | "systemd";
  readonly bytes: Buffer;
}

/** Every byte of a session with systemd 252 through systemd-stdio-bridge, in order. */
export const capturedSession: readonly Chunk[] = readFileSync(
  new URL("../bus/captures/wire-stdio-bridge.jsonl", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line) => {
    const { dir, b64 } = JSON.parse(line) as Captured;
    return { to: dir === "c2s" ? "systemd" : "client", bytes: Buffer.from(b64, "base64") };
  });

export function capturedBytes(to: Chunk["to"]): Buffer {
  return Buffer.concat(capturedSession.filter((chunk) => chunk.to === to).map(({ bytes }) => bytes));
}
