import { createInterface } from "node:readline";

/**
 * Hands each line of a socket on, read as JSON. A connection that is reset is one that ends (readline
 * would throw it), and one that speaks another language is ended.
 * @param {import("node:net").Socket} socket @param {(message: any) => void} take
 */
export function onLines(socket, take) {
  createInterface({ input: socket })
    .on("line", (line) => {
      const message = read(line);
      if (message === undefined) socket.destroy();
      else take(message);
    })
    .on("error", () => {});
}

/** @param {string} line */
function read(line) {
  try {
    return JSON.parse(line) ?? undefined;
  } catch {
    return undefined;
  }
}
