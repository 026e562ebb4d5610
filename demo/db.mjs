// A tiny key-value store on a unix socket. `api` needs it.
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { endOnTerm, say } from "./say.mjs";
import { databaseSocket } from "./socket.mjs";

rmSync(databaseSocket, { force: true });
const clients = new Set();
const server = createServer((client) => {
  clients.add(client);
  client.on("close", () => clients.delete(client));
  client.on("error", () => client.destroy());
  client.on("data", (text) => client.write(`stored ${text.length} bytes\n`));
});
server.listen(databaseSocket, () => say("ready for connections"));
endOnTerm(() => {
  for (const client of clients) client.destroy();
  return new Promise((resolve) => server.close(resolve));
});
