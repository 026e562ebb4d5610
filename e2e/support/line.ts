import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

interface LineOptions {
  /** One way. */
  readonly delayMs?: number;
  /** Of the answers; each connection has as much. */
  readonly bytesPerSecond?: number;
  /** What the one that asks gets instead of the answer's bytes. */
  readonly rewrite?: (answer: Buffer) => Buffer;
}

const pieceBytes = 4_096;

/** A TCP port of this machine that leads to another one, over a line as bad as asked for. */
export async function openLine(to: number, options: LineOptions) {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket.setNoDelay());
      socket.on("error", () => socket.destroy());
      socket.once("close", () => open.delete(socket));
    }
    near.once("close", () => far.destroy());
    void carry(near, far, { delayMs: options.delayMs ?? 0 });
    void carry(far, near, options);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads no faster than it may write: what waits, waits with the sender, as it does on a slow line. */
async function carry(from: Socket, to: Socket, options: LineOptions): Promise<void> {
  const { delayMs = 0, bytesPerSecond = Number.POSITIVE_INFINITY, rewrite = (answer) => answer } = options;
  let freeAt = performance.now();
  try {
    for await (const chunk of from) {
      const bytes = rewrite(chunk as Buffer);
      for (let start = 0; start < bytes.length; start += pieceBytes) {
        const piece = bytes.subarray(start, start + pieceBytes);
        freeAt = Math.max(freeAt, performance.now()) + (piece.length / bytesPerSecond) * 1_000;
        if (freeAt > performance.now()) await sleep(freeAt - performance.now());
        setTimeout(() => to.writable && to.write(piece), delayMs);
      }
    }
  } catch {
    // cut by one side; the other one is closed below
  }
  setTimeout(() => to.end(), delayMs);
}
