// A small web server on a free port: runs until it is stopped, and stops cleanly.
import { createServer } from "node:http";
import { endOnTerm, say } from "./say.mjs";

let served = 0;
const server = createServer((_request, response) => {
  served += 1;
  response.setHeader("content-type", "text/plain");
  response.end(`hello, you are visitor ${served}\n`);
});
server.listen(0, "127.0.0.1", () => say(`listening on http://127.0.0.1:${server.address().port}`));
setInterval(() => say(`${served} requests served so far`), 20_000);
endOnTerm(() => new Promise((resolve) => server.close(resolve)));
