import { createServer, type Server } from "node:net";

/** Below the ports that systems give to outgoing connections, and used by nothing well known. */
const blocks = Array.from({ length: 20 }, (_, n) => String(271 + n));

/**
 * Finds a hundred ports for the demo's services, which two Signalboxes on one machine must not share,
 * and returns their first three digits: `271` are 27100 to 27199. The block's first port stays taken
 * for as long as this process lives, and so marks the block as taken.
 * @throws Error in one clear line when there is none.
 */
export async function takeDemoPorts(given: string | undefined): Promise<string> {
  if (given !== undefined && given !== "") return given;
  for (const block of blocks) {
    const mark = await listenAt(Number(`${block}00`));
    if (mark === null) continue;
    if (await isFree(block)) {
      mark.unref();
      return block;
    }
    await closed(mark);
  }
  throw new Error(
    "No hundred ports between 27100 and 29099 are free for the demo's services: end what listens there.",
  );
}

async function isFree(block: string): Promise<boolean> {
  for (let n = 1; n < 100; n += 1) {
    const server = await listenAt(Number(block) * 100 + n);
    if (server === null) return false;
    await closed(server);
  }
  return true;
}

function listenAt(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", () => resolve(null));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
