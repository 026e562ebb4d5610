import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** @throws Error in one clear line when nothing can listen there, and could not for `graceMs` either. */
export async function refuseTakenPort(host: string, port: number, graceMs: number): Promise<void> {
  const until = performance.now() + graceMs;
  for (;;) {
    try {
      return await tryToListen(host, port);
    } catch (error) {
      if (performance.now() >= until) throw error;
      await sleep(100);
    }
  }
}

async function tryToListen(host: string, port: number): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once("error", reject).listen({ host, port, exclusive: true }, resolve);
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new Error(
      code === "EADDRINUSE"
        ? `Port ${port} is taken by another program: set PORT to a free one, such as PORT=${port + 1} npm start.`
        : `Nothing can listen on ${host}:${port} (${code}): set HOST and PORT to an address of this machine.`,
      { cause: error },
    );
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}
